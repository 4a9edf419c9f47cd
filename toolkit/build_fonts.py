"""Build the fonts of ``wenxiao/fonts`` from the free fonts they are taken from.

    python build_fonts.py FOLDER          # FOLDER holds the source fonts, at any depth
    python build_fonts.py --debian        # fetch them with apt-get first
    python build_fonts.py FOLDER --check  # build, compare with what is there, write nothing

Needs fontTools; about half a minute of CPU. The same sources and the same fontTools give the same bytes:
no clock is read, and a source file whose hash is not the one recorded below is refused. Another version of
fontTools may lay out tables differently; the version used stands in ``SOURCES.json``.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

BUNDLE = Path(__file__).parent / "wenxiao" / "fonts"
RECORD = "SOURCES.json"

MODIFIED_ON = "2026-11-24"
"""The day the changes below were last revised: GPL-3, section 5, asks for a date beside the notice."""

FANDOL_LICENCE = "GPL-3.0-or-later WITH Font-exception-2.0"
FANDOL_FOLDER = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_PACKAGE = ("texlive-lang-chinese", "2022.20230122-1")
NOTO_PACKAGE = ("fonts-noto-cjk", "1:20220127+repack1-1")
DEJAVU_PACKAGE = ("fonts-dejavu-core", "2.37-6")


class BuildError(Exception):
    """The bundle can't be built from what was given."""


@dataclass(frozen=True)
class Source:
    """A font file of a Debian package; ``number`` picks one font of a collection."""

    package: str
    version: str
    member: str
    sha256: str
    number: int = -1

    @property
    def name(self) -> str:
        """The file's own name, by which it is looked for."""
        return self.member.rpartition("/")[2]


@dataclass(frozen=True)
class Product:
    """A font of the bundle: what it is called, what it is made from, under which licence."""

    file: str
    family: str
    source: Source
    licence: str
    licence_file: str
    style: str = "Regular"
    weight: int = 400

    @property
    def postscript_name(self) -> str:
        """The name inside a PDF, which has no spaces."""
        return f"{self.family.replace(' ', '')}-{self.style}"


def fandol(face: str, sha256: str) -> Source:
    """A face of Fandol, such as ``Fang-Regular``."""
    return Source(*FANDOL_PACKAGE, f"{FANDOL_FOLDER}/Fandol{face}.otf", sha256)


def fandol_product(
    file: str, family: str, source: Source, style: str = "Regular", weight: int = 400
) -> Product:
    """A font made from Fandol; all of them carry its licence on, the exception included."""
    return Product(file, family, source, FANDOL_LICENCE, "LICENSE-Fandol-GPL-3.txt", style, weight)


REPAIRED = (
    fandol_product(
        "FandolFang-Regular.otf",
        "FandolFang",
        fandol("Fang-Regular", "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9"),
    ),
    fandol_product(
        "FandolHei-Regular.otf",
        "FandolHei",
        fandol("Hei-Regular", "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28"),
    ),
    fandol_product(
        "FandolKai-Regular.otf",
        "FandolKai",
        fandol("Kai-Regular", "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827"),
    ),
    fandol_product(
        "FandolSong-Bold.otf",
        "FandolSong",
        fandol("Song-Bold", "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9"),
        "Bold",
        700,
    ),
)
DIGITS = fandol_product(
    "WenxiaoPageDigits-Regular.otf",
    "Wenxiao Page Digits",
    fandol("Song-Regular", "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0"),
)
GAP = Product(
    "WenxiaoGapSerif-Regular.otf",
    # A name of its own: called Noto Serif CJK SC, it would hide an installed, complete one, or be hidden by it.
    "Wenxiao Gap Serif",
    Source(
        *NOTO_PACKAGE,
        "usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
        number=2,  # JP, KR, SC, TC, HK: the simplified forms
    ),
    "OFL-1.1",
    "LICENSE-Noto-OFL-1.1.txt",
)
MONO = Product(
    "WenxiaoMono-Regular.ttf",
    "Wenxiao Mono",
    Source(
        *DEJAVU_PACKAGE,
        "usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "0f5db4f1749979d961019838b160bec74abdf7f9eca69553fe1aa856bbff49a4",
    ),
    "Bitstream-Vera",
    "LICENSE-DejaVu.txt",
)

Blocks = tuple[tuple[int, int, str], ...]

GAP_BLOCKS: Blocks = (
    (0x3400, 0x4DBF, "CJK Unified Ideographs Extension A"),
    (0x4E00, 0x9FFF, "CJK Unified Ideographs"),
    (0xF900, 0xFAFF, "CJK Compatibility Ideographs"),
    (0x20000, 0x3FFFF, "CJK Unified Ideographs Extensions B and later"),
    (0x00A0, 0x017F, "Latin-1 Supplement, Latin Extended-A"),
    (0x01CD, 0x01DC, "pinyin vowels with a caron"),
    (0x2000, 0x206F, "General Punctuation"),
    (0x2070, 0x209F, "Superscripts and Subscripts"),
    (0x20A0, 0x20CF, "Currency Symbols"),
    (0x2100, 0x218F, "Letterlike Symbols, Number Forms"),
    (0x2190, 0x21FF, "Arrows"),
    (0x2200, 0x22FF, "Mathematical Operators"),
    (0x2300, 0x23FF, "Miscellaneous Technical"),
    (0x2460, 0x24FF, "Enclosed Alphanumerics"),
    (0x2500, 0x259F, "Box Drawing, Block Elements"),
    (0x25A0, 0x27BF, "Geometric Shapes, Miscellaneous Symbols, Dingbats"),
    (0x2B00, 0x2BFF, "Miscellaneous Symbols and Arrows"),
    (0x2E3A, 0x2E3B, "two-em and three-em dash"),
    (0x2E80, 0x2FDF, "CJK and Kangxi Radicals"),
    (0x3000, 0x30FF, "CJK Symbols and Punctuation, Kana"),
    (0x31C0, 0x31EF, "CJK Strokes"),
    (0x3200, 0x33FF, "Enclosed CJK Letters and Months, CJK Compatibility"),
    (0xFE10, 0xFE6F, "Vertical, Compatibility and Small Forms"),
    # Without the Hangul between them, whose filler draws nothing.
    (0xFF00, 0xFF9F, "Fullwidth ASCII, Halfwidth Kana"),
    (0xFFE0, 0xFFEF, "Fullwidth and Halfwidth Signs"),
    (0x1F100, 0x1F2FF, "Enclosed Alphanumeric and Ideographic Supplement"),
)
MONO_BLOCKS: Blocks = (
    (0x0020, 0x007E, "ASCII"),
    (0x00A0, 0x00FF, "Latin-1 Supplement"),
    (0x2010, 0x205E, "General Punctuation"),
    (0x2070, 0x209F, "Superscripts and Subscripts"),
    (0x2190, 0x21FF, "Arrows"),
    (0x2200, 0x22FF, "Mathematical Operators"),
    (0x2500, 0x259F, "Box Drawing, Block Elements"),
    (0x25A0, 0x25FF, "Geometric Shapes"),
    # Official forms tick boxes, and neither Fandol nor Noto has them.
    (0x2610, 0x2612, "ballot boxes"),
    (0x2713, 0x2718, "check marks and ballot crosses"),
)
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode categories of control and format characters and of line separators."""
DIGITS_BLOCKS: Blocks = ((0x20, 0x20, "space"), (0x30, 0x39, "digits"), (0x2014, 0x2014, "em dash"))


@dataclass
class Work:
    """A font being changed, with every change so far in plain words."""

    font: TTFont
    upstream_version: str
    changes: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Build or check the bundle; give the exit code."""
    options = parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch, "built")
        built.mkdir()
        try:
            build(options.folder or fetched_from_debian(Path(scratch, "sources")), built)
        except BuildError as error:
            print(error, file=sys.stderr)
            return 1
        if options.check:
            return check(built, options.output)
        options.output.mkdir(parents=True, exist_ok=True)
        for path in sorted(built.iterdir()):
            (options.output / path.name).write_bytes(path.read_bytes())
            print(f"{path.stat().st_size:>9,}  {path.name}")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    summary, _, rest = (__doc__ or "").partition("\n\n")
    command = argparse.ArgumentParser(
        description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    place = command.add_mutually_exclusive_group(required=True)
    place.add_argument("folder", nargs="?", type=Path, help="folder with the source fonts, at any depth")
    place.add_argument("--debian", action="store_true", help="fetch the sources with apt-get download")
    command.add_argument("--check", action="store_true", help="only compare with the bundle that is there")
    command.add_argument("-o", "--output", type=Path, default=BUNDLE, help="where the bundle goes")
    return command


def fetched_from_debian(folder: Path) -> Path:
    """Download and unpack the three packages into ``folder``; nothing is installed.

    Whichever version apt offers is taken: what counts is the hash of each font file, checked later.
    """
    folder.mkdir(parents=True)
    try:
        for package, _ in (FANDOL_PACKAGE, NOTO_PACKAGE, DEJAVU_PACKAGE):
            subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        for archive in sorted(folder.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", archive, folder / "unpacked"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"The sources could not be fetched with apt-get and dpkg-deb: {error}") from error
    return folder


def build(sources: Path, target: Path) -> None:
    """Make every font of the bundle and the record of how it was made."""
    entries = []
    faces: list[set[int]] = []
    for product in REPAIRED:
        entries.append(finish(repair(sources, product), product, target))
        faces.append(characters_of(target / product.file))
    # Minus what all faces have, not what one of them has: each needs its own gaps filled.
    gap_characters = {0x20} | set(printable(GAP_BLOCKS)) - faces[0].intersection(*faces)
    for product, characters, kept in (
        (GAP, gap_characters, f"{in_words(GAP_BLOCKS)}; minus what all four Fandol faces have"),
        (MONO, set(printable(MONO_BLOCKS)), in_words(MONO_BLOCKS)),
        (DIGITS, set(printable(DIGITS_BLOCKS)), in_words(DIGITS_BLOCKS)),
    ):
        entries.append(finish(cut(sources, product, characters, kept), product, target))
    record = {
        "about": "How each font here was made; written by toolkit/build_fonts.py.",
        "modified_on": MODIFIED_ON,
        "fonttools": fontTools.version,
        "fonts": sorted(entries, key=lambda entry: entry["file"]),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (target / RECORD).write_text(text, encoding="utf-8", newline="\n")


def repair(sources: Path, product: Product) -> Work:
    """Mend the metadata of a Fandol face; outlines and character map stay as they are, byte for byte."""
    path = find(sources, product.source)
    work = opened(TTFont(path, recalcTimestamp=False, recalcBBoxes=False))
    mend_metrics(work, product)
    rename(work, product)
    # Saving OS/2 looks into the character map, and that into the outlines; what was read is compiled anew.
    # Raw tables are passed through instead.
    for tag in ("CFF ", "cmap"):
        work.font[tag] = raw = DefaultTable(tag)
        raw.data = work.font.reader[tag]
    return work


def cut(sources: Path, product: Product, characters: set[int], kept: str) -> Work:
    """Cut a font down to ``characters`` (as far as it has them) and give it its new name."""
    options = subset.Options(
        font_number=product.source.number,
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        harfbuzz_repacker=False,  # optional library: its presence must not change the bytes
    )
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB"]
    work = opened(subset.load_font(str(find(sources, product.source)), options))
    cmap = work.font["cmap"]
    # Variation sequences would pull in thousands of Japanese variants that nothing here can ask for.
    cmap.tables = [table for table in cmap.tables if table.format != 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(work.font)
    if product.source.number >= 0:
        work.changes.append(
            f"Taken out of a collection, where it is font {product.source.number} (counted from 0)."
        )
    work.changes.append(f"Kept only these characters, as far as the source has them: {kept}.")
    work.changes.append(
        "Dropped hinting, OpenType layout features, variation sequences, and names other than English."
    )
    mend_metrics(work, product)
    rename(work, product)
    if "CFF " in work.font:
        names = work.font["CFF "].cff
        names.fontNames[0] = product.postscript_name
        names.topDictIndex[0].FamilyName = product.family
        names.topDictIndex[0].FullName = f"{product.family} {product.style}"
        work.changes.append(f"CFF table: the font is named {product.postscript_name}.")
    return work


def find(folder: Path, source: Source) -> Path:
    """Find the one source file that has the recorded hash."""
    candidates = sorted(folder.rglob(source.name))
    for path in candidates:
        if hashlib.sha256(path.read_bytes()).hexdigest() == source.sha256:
            return path
    origin = f"{source.member} of Debian {source.package} {source.version}"
    if candidates:
        raise BuildError(
            f"{candidates[0]} is not {origin}: its sha256 differs.\n"
            "Look at what changed upstream, then record the new version and hash in build_fonts.py."
        )
    raise BuildError(f"{source.name} is not below {folder}. It is {origin}.")


def opened(font: TTFont) -> Work:
    """Start work on a font, noting which version of it this is before anything is renamed."""
    return Work(font, font["name"].getDebugName(5))


def mend_metrics(work: Work, product: Product) -> None:
    """Set weight class and descender right where the source has them wrong."""
    weights = work.font["OS/2"]
    if weights.usWeightClass != product.weight:
        work.changes.append(f"Weight class {weights.usWeightClass} corrected to {product.weight}.")
        weights.usWeightClass = product.weight
    lines = work.font["hhea"]
    if lines.descent > 0:
        work.changes.append(f"Horizontal descender {lines.descent} corrected to {-lines.descent}.")
        lines.descent = -lines.descent


def rename(work: Work, product: Product) -> None:
    """Give the font its family name, and say in it that it was changed, when, and for what."""
    table = work.font["name"]
    family, style = table.getDebugName(1), table.getDebugName(2)
    full_name = product.family if product.style == "Regular" else f"{product.family} {product.style}"
    description = table.getDebugName(10)
    notice = f"Modified on {MODIFIED_ON} for the Wenxiao toolkit; {RECORD} beside the toolkit's fonts lists the changes."
    texts = {
        1: product.family,
        2: product.style,
        3: f"{work.upstream_version.partition(';')[0]};Wenxiao;{product.postscript_name}",
        4: full_name,
        6: product.postscript_name,
        10: f"{description} {notice}" if description else notice,
    }
    if product.licence == FANDOL_LICENCE:
        texts[13] = (
            "GNU General Public License, version 3 or later, with the font embedding exception: "
            "a document that embeds this font is not for that reason covered by the GPL."
        )
        work.changes.append("Name table: the licence, left empty by the source, is named.")
    platforms = sorted({(record.platformID, record.platEncID, record.langID) for record in table.names})
    # 16, 17, 21 and 22 group fonts into families in other ways; 18 and 19 are a Mac name and a sample text.
    dropped = sorted({record.nameID for record in table.names} & {16, 17, 18, 19, 21, 22})
    table.names = [record for record in table.names if record.nameID not in dropped]
    for number, text in texts.items():
        for platform in platforms:
            table.setName(text, number, *platform)
    if (family, style) != (product.family, product.style):
        work.changes.append(
            f"Name table: family “{family}”, style “{style}” renamed “{product.family}”, “{product.style}”."
        )
    if dropped:
        work.changes.append(f"Name table: records {', '.join(map(str, dropped))} (further names) dropped.")
    work.changes.append(
        "Name table: own unique id (record 3); notice of change in the description (record 10)."
    )


def finish(work: Work, product: Product, target: Path) -> dict[str, Any]:
    """Save the font; give its entry for the record."""
    path = target / product.file
    work.font.save(path)
    content = path.read_bytes()
    source = product.source
    return {
        "file": product.file,
        "family": product.family,
        "style": product.style,
        "weight": product.weight,
        "characters": len(characters_of(path)),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": product.licence,
        "licence_file": product.licence_file,
        "origin": {
            "distribution": "Debian",
            "package": source.package,
            "version": source.version,
            "member": source.member,
            "font_number": max(source.number, 0),
        },
        "source_sha256": source.sha256,
        "upstream_version": work.upstream_version,
        "changes": work.changes,
    }


def characters_of(path: Path) -> set[int]:
    """The characters a font file has."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def printable(blocks: Blocks) -> Iterator[int]:
    """The characters of the blocks, without invisible ones: these are to be reported, not drawn as nothing."""
    for first, last, _ in blocks:
        yield from (
            code for code in range(first, last + 1) if unicodedata.category(chr(code)) not in INVISIBLE
        )


def in_words(blocks: Iterable[tuple[int, int, str]]) -> str:
    """Name the blocks: ``ASCII (U+0020–007E), …``."""
    return ", ".join(
        f"{name} (U+{first:04X})" if first == last else f"{name} (U+{first:04X}–{last:04X})"
        for first, last, name in blocks
    )


def check(built: Path, bundle: Path) -> int:
    """Compare a fresh build with the bundle, byte for byte; give the exit code."""
    differing = [
        path.name
        for path in sorted(built.iterdir())
        if not (bundle / path.name).is_file() or (bundle / path.name).read_bytes() != path.read_bytes()
    ]
    for name in differing:
        print(f"{name} differs from a fresh build", file=sys.stderr)
    if not differing:
        print("the bundle is what a fresh build gives, byte for byte")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

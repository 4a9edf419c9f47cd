"""What somebody could do to a published file: change a digit where a reader sees it, in a file that stays whole."""

import hashlib
import io
import json
import re
from pathlib import Path

import pikepdf

from wenxiao.publishing.ledger import read_lines, root_of


def replace_text(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replace a text in a file; it must be there."""
    text = path.read_bytes().decode("utf-8")
    assert old in text, f"{old} is not in {path.name}"
    path.write_bytes(text.replace(old, new, count).encode("utf-8"))


def flip_byte(path: Path, place: int) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def replace_in_pdf(path: Path, old: str, new: str) -> int:
    """Replace the first appearance of a text drawn in one piece by another of the same length; give the page, from 1."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            fonts = {name: _glyphs(font) for name, font in page.Resources.Font.items()}
            stream = pikepdf.parse_content_stream(page)
            if _replace(stream, fonts, old, new):
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
                changed = io.BytesIO()
                pdf.save(changed, deterministic_id=True)
                path.write_bytes(changed.getvalue())
                return number
    raise AssertionError(f"{old} is not in {path.name}")


def _glyphs(font) -> dict[str, bytes]:
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"^<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>$", cmap, re.M)
    return {bytes.fromhex(text).decode("utf-16-be", "replace"): bytes.fromhex(code) for code, text in pairs}


def _replace(stream, fonts, old: str, new: str) -> bool:
    font: dict[str, bytes] = {}
    for operands, operator in stream:
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) == "TJ" and set(old + new) <= set(font):
            shown = {code: text for text, code in font.items()}
            places = [i for i, one in enumerate(operands[0]) if isinstance(one, pikepdf.String)]
            text = "".join(shown.get(bytes(operands[0][i]), "?") for i in places)
            if old in text:
                for i, character in zip(places[text.index(old) :], new, strict=False):
                    operands[0][i] = pikepdf.String(font[character])
                return True
    return False


def reseal(site: Path, with_manifests: bool = False) -> None:
    """Make a site's sums anew after a change; its lists and log too, as only the publisher itself could."""
    if with_manifests:
        _remake_lists(site)
    lines = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith((".wenxiao", "SHA256SUMS")):
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
    (site / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _remake_lists(site: Path) -> None:
    for path in site.glob("[0-9]*/*/manifest.json"):
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        about = json.loads(path.read_text(encoding="utf-8"))
        about["files"] = {
            n: hashlib.sha256((path.parent / n).read_bytes()).hexdigest() for n in about["files"]
        }
        path.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        new = hashlib.sha256(path.read_bytes()).hexdigest()
        for log in site.glob("log/*.jsonl"):
            log.write_text(log.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for heads in site.glob("log/*.heads"):
        lines = read_lines(heads.with_suffix(".jsonl"))
        written = [json.loads(line) for line in heads.read_text(encoding="utf-8").splitlines()]
        text = "".join(json.dumps(one | {"root": root_of(lines[: one["size"]])}) + "\n" for one in written)
        heads.write_text(text, encoding="utf-8")

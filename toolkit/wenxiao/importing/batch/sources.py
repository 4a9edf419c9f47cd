"""Which files are imported, and what their params files are called."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SUFFIXES: Final = {
    ".docx", ".docm", ".doc", ".dot", ".dotx", ".wps", ".wpt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ett", ".csv", ".tsv",
    ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".txt", ".pdf", ".rtf", ".odt", ".ods", ".xml",
}  # fmt: skip
"""What is looked for in a folder; a file that is named itself may be called anything."""
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)
_LONGEST: Final = 60


@dataclass
class Found:
    """The files to import, in order; paths that hold none; and how many others a folder holds, by suffix."""

    files: list[Path] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def find_sources(paths: Iterable[str], out: Path) -> Found:
    """Find the documents of files, folders (all below, links not followed) and globs; what stands in ``out`` is none.

    A path that does not exist is given as it is: reading it says so.
    """
    found = Found()
    known: dict[Path, Path] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            here = list(_below(path, out, found.others))
        elif any(sign in given for sign in "*?[") and not path.exists():
            pattern = given.removeprefix(path.anchor)
            here = sorted(p for p in Path(path.anchor or ".").glob(pattern) if p.is_file())
        else:
            here = [path]
        if not here:
            found.nothing.append(given)
        for one in here:
            known.setdefault(Path(os.path.abspath(one)), one)  # noqa: PTH100 - resolve() would follow links in circles
    found.files = list(known.values())
    return found


def _below(folder: Path, out: Path, others: Counter[str]) -> Iterator[Path]:
    home = out.resolve()
    for where, folders, files in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() != home)
        for name in sorted(files):
            path = here / name
            if name.startswith(("~$", ".", "._")) or not path.is_file():
                continue
            if path.suffix.lower() in SUFFIXES:
                yield path
            else:
                others[path.suffix.lower()] += 1


def safe_stem(text: str) -> str:
    """Give a name that every system takes for a file: letters of any script, digits, hyphens.

    >>> safe_stem("附件1：项目支出绩效自评表（2022年度）"), safe_stem("nul"), safe_stem("../..")
    ('附件1-项目支出绩效自评表-2022年度', 'nul-1', 'import')
    """
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in plain)
    stem = re.sub(r"-{2,}", "-", kept).strip("-_")[:_LONGEST].rstrip("-_")
    if not stem:
        return "import"
    return f"{stem}-1" if _RESERVED.fullmatch(stem) else stem


def stems_of(files: Iterable[Path], known: dict[Path, str]) -> dict[Path, str]:
    """Give the stem of each file's params file, each once: that of the file, with its suffix or folder where it is taken.

    ``known`` are the stems of earlier imports: they stay.
    """
    taken = {stem.casefold() for stem in known.values()}
    chosen: dict[Path, str] = {}
    for path in files:
        if path in known:
            chosen[path] = known[path]
            continue
        stem = next(one for one in _candidates(path) if one.casefold() not in taken)
        taken.add(stem.casefold())
        chosen[path] = stem
    return chosen


def _candidates(path: Path) -> Iterator[str]:
    stem = safe_stem(path.stem)
    yield stem
    yield safe_stem(f"{path.stem}-{path.suffix.lstrip('.').lower()}")
    folder = path.absolute().parent.name
    yield safe_stem(f"{folder}-{path.stem}")
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1

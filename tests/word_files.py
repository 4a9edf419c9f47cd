"""Word documents for tests: read part by part, changed, and an office's own head."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from wenxiao.document import Block, Code, Details, Figure, Heading, Listing, Notice, Paragraph, Quote, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(content: bytes) -> dict[str, bytes]:
    """Give name → content of the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    """Give a package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return out.getvalue()


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """Replace a text in one part; it must be there."""
    found = parts(content)
    assert old in found[name].decode(), f"{old} is not in {name}"
    return packed(found | {name: found[name].decode().replace(old, new, 1).encode()})


def mutilated(content: bytes, rng: random.Random) -> bytes:
    """Damage a package: some bytes of the file or of a part, a part cut, gone, or another in its place."""
    if (kind := rng.randrange(6)) == 0:
        return content[: rng.randrange(len(content))]
    if kind == 1:
        return _scratched(content, rng)
    found = parts(content)
    name = rng.choice([name for name in found if found[name]])
    if kind == 2:
        del found[name]
    elif kind == 3:
        found[name] = _scratched(found[name], rng)
    elif kind == 4:
        a, b = sorted(rng.randrange(len(found[name])) for _ in range(2))
        found[name] = found[name][:a] + found[name][b:]
    else:
        found[name] = found[rng.choice(list(found))]
    return packed(found)


def _scratched(content: bytes, rng: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(rng.choice((1, 3, 20))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def opened(content: bytes) -> Any:
    """Open a document with python-docx."""
    return docx.Document(io.BytesIO(content))


def words(content: bytes) -> list[str]:
    """Give the paragraphs of a document in order, those in tables and the contents included, line ends as ``\\n``."""
    body = opened(content).element.body
    return ["".join(map(_said, one.iter(f"{W}t", f"{W}br", f"{W}tab"))) for one in body.iter(f"{W}p")]


def _said(one: Any) -> str:
    return {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(one.tag, one.text or "")


def said(blocks: tuple[Block, ...]) -> list[str]:
    """Give each text of a document tree that a reader of it sees, paragraph by paragraph."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                found.append("".join(run.text for run in runs))
            case Listing(_, items, _):
                found += [text for item in items for text in said(item)]
            case Quote(inside):
                found += said(inside)
            case Code(text, _):
                found.append(text)
            case Table():
                found += [block.caption, block.note]
                found += [cell.text for row in (*block.head, *block.body) for cell in row]
            case Figure():
                found.append(block.caption)
            case Notice(_, title, inside) | Details(title, inside):
                found += [title, *said(inside)]
    return [text for text in found if text]


def head(path: Path, *paragraphs: str, footer: str = "") -> Path:
    """Write an office's own template of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = footer
    document.save(str(path))
    return path

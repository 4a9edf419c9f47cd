"""Every text of a report's files, in pieces with their place: what is shown, and what only a curious reader would find.

Pictures are drawings of texts that stand beside them; of a drawing only its words are read, never its lines.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from wenxiao.findings.texts import texts

Piece = tuple[str, str]
"""(place, text): the place is a file's name, and behind it the field or part, where that can be told."""

# Found in one pass whatever stands in a text; a tag with < or > inside is read as words, and so not overlooked either.
_TAG: Final = re.compile(r"(<[^<>]*>)")
_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_INLINE: Final = frozenset(
    re.findall(r"\w+", "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tspan tt u var wbr")
)  # fmt: skip
_IMAGE: Final = re.compile(r"data:image/([a-z+]+);base64,([A-Za-z0-9+/=\s]*)")
_LINES_DRAWN: Final = re.compile(
    r"\s(?:d|points|transform|viewBox|x|y|x1|x2|y1|y2|cx|cy|r|width|height|style|clip-path|(?:xlink:)?href=(?=\"#))=?\"[^\"]*\""
)
_PRINTABLE: Final = re.compile(rb"[ -~]{11,}")


def pieces(text: str) -> Iterator[str]:
    """Give the texts inside a text: of markup what it says, shows on request and hides; of anything else its lines."""
    if "<" in text:
        yield from _markup(text)
    else:
        yield from text.splitlines()


def _markup(text: str) -> Iterator[str]:
    """Give the words of each block whole, whatever is bold in them, and each tag that carries attributes, and comments."""
    pictures: list[tuple[str, str]] = []

    def apart(found: re.Match[str]) -> str:
        pictures.append((found[1], found[2]))
        return ""

    words: list[str] = []
    for i, part in enumerate(_TAG.split(_LINES_DRAWN.sub("", _IMAGE.sub(apart, text)))):
        if i % 2 == 0:
            words.append(part)
            continue
        comment = part.startswith("<!")
        if comment or "=" in part:
            yield html.unescape(part)
        name = _NAME.match(part)
        if not comment and not (name and name[1].lower() in _INLINE):
            yield _joined(words)
            words = []
    yield _joined(words)
    for kind, content in pictures:
        yield from _picture(kind, content)


def _joined(words: list[str]) -> str:
    return " ".join(html.unescape("".join(words)).split())


def _picture(kind: str, content: str) -> Iterator[str]:
    """Give the words of a picture in base64: of SVG its markup, of others what programs write into their headers."""
    try:
        data = base64.b64decode(content)
    except binascii.Error:
        return
    if kind.startswith("svg"):
        yield from _markup(data.decode("utf-8", "replace"))
    else:
        yield from (found.decode("ascii") for found in _PRINTABLE.findall(data))


def of_facts(data: Any, text: str) -> Iterator[Piece]:
    """Give each field of params.yaml, and its comments."""
    yield from ((f"params.yaml {where}", value) for where, value in texts(data))
    yield from (("params.yaml", line) for line in text.splitlines() if "#" in line)


def of_data(name: str, data: Any) -> Iterator[Piece]:
    """Give each text of plain data, and the names of its fields."""
    for where, value in texts(data):
        yield f"{name} {where}".rstrip(), value
    yield from ((name, key) for key in _keys(data))


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            if not isinstance(value, str):
                yield from _keys(value)
    elif isinstance(data, list):
        for value in data:
            if isinstance(value, dict | list):
                yield from _keys(value)


def of_notebook(name: str, nb: Any) -> Iterator[Piece]:
    """Give every text of a notebook: cells shown and hidden, outputs in every form, attachments, all metadata."""
    for where, key, value in _leaves(nb, ()):
        place = f"{name} {_shown(where)}".rstrip()
        if key.startswith("image/") and "svg" not in key:
            found: Iterator[str] = _picture(key.removeprefix("image/"), value)
        else:
            found = pieces(value)
        yield from ((place, text) for text in found)
    yield from ((name, key) for key in _keys(nb))


def _leaves(data: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Give (path, nearest key, text); a list of lines is one text, as the notebook format has it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*where, str(key)))
    elif isinstance(data, list) and data and all(isinstance(line, str) for line in data):
        yield from _leaves("".join(data), where)
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _leaves(value, (*where, i))
    elif isinstance(data, str):
        yield where, next((part for part in reversed(where) if isinstance(part, str)), ""), data


def _shown(where: tuple[str | int, ...]) -> str:
    """Give a place in a notebook as far as a reader can find it: ``cells[3].outputs[0]``."""
    text = ""
    for part in where[:4]:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part in ("cells", "outputs", "metadata", "source", "attachments"):
            text += f".{part}" if text else part
    return text


def of_page(name: str, text: str) -> Iterator[Piece]:
    """Give every text of an HTML page: what is shown, attributes, comments, and the words of its pictures."""
    yield from ((name, piece) for piece in pieces(text))


def of_lines(name: str, text: str) -> Iterator[Piece]:
    """Give each line of a text file."""
    yield from ((f"{name} {n}", line) for n, line in enumerate(text.splitlines(), 1))


def parsed(content: bytes) -> Any:
    """Give the data of a JSON file.

    Raises:
        ValueError: it is none.
    """
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("nested too deeply") from None

"""The letters of a chart for paper: a page on a screen needs their outlines, a PDF has the fonts.

As letters they can be searched and copied, and a report is a seventh smaller: an outline would be drawn anew in the PDF
wherever it comes.
"""

import html
import re
from typing import Final

from wenxiao import fonts
from wenxiao.fonts.outlines import UNITS

# As `drawing` writes words: the outline of U+5E74 has the id u5e74. Other pictures stay as they are.
_WORDS: Final = re.compile(
    r'<g transform="([^"]*)"([^>]*)>((?:<use xlink:href="#u[0-9a-f]+"(?: x="\d+")?/>)+)</g>'
)
_LETTER: Final = re.compile(r'"#u([0-9a-f]+)"(?: x="(\d+)")?')
_OUTLINE: Final = re.compile(r'<path id="u[0-9a-f]+" d="[^"]*"/>')
_FONT: Final = f'font-family="{fonts.HEI}, {fonts.GAP}" font-size="{UNITS}"'


def lettered(svg: str) -> str:
    """Give a chart with text in place of outlines, each letter where its outline stood."""
    written = _WORDS.sub(_text, svg)
    if "<use" in written:
        return svg
    return _OUTLINE.sub("", written)


def _text(words: re.Match[str]) -> str:
    letters = [(chr(int(code, 16)), x or "0") for code, x in _LETTER.findall(words[3])]
    content = "".join(letter for letter, _ in letters)
    if fonts.uncovered(content):
        return words[0]
    at = " ".join(x for _, x in letters)
    return f'<text transform="{words[1]}"{words[2]} {_FONT} x="{at}">{html.escape(content)}</text>'

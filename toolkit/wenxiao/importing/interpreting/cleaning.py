"""Texts of cells made plain for comparison; what is kept as a fact keeps its own spelling."""

import re
import unicodedata
from typing import Final

from wenxiao.numerals import normal

_SPACES: Final = re.compile(r"\s+")
_NOTHING: Final = re.compile(r"[-—–―一/\\…·.。、_*×]*|无此项|不涉及|N/?A", re.I)
_WIDE: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’（）《》、。，；：])\s+(?=[\u2e80-\u9fff\uff00-\uffef“”‘’（）《》、。，；：])"
)
_NUMBERING: Final = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}(?:[、．]|\.(?!\d))|第[一二三四五六七八九十]+[、部章节]分?)\s*"
)
_POINTS: Final = re.compile(
    r"[(（\[]?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分\s*[)）\]]?|[(（]\s*(\d{1,3}(?:\.\d{1,2})?)\s*[)）]"
)


def squeezed(text: str) -> str:
    """Give a text in plain characters without any space, for comparison with known words.

    >>> squeezed("绩效 \\n指标"), squeezed("执行率（Ｂ／Ａ）")
    ('绩效指标', '执行率(B/A)')
    """
    return _SPACES.sub("", normal(text))


def tidy(text: str) -> str:
    """Give a cell's text on one line: breaks inside Chinese words go, other runs of space become one.

    >>> tidy("项目竣工\\n验收合格率"), tidy("Windows  11\\n系统升级")
    ('项目竣工验收合格率', 'Windows 11系统升级')
    """
    joined = re.sub(
        r"(?<=[\u4e00-\u9fff])\n(?=[\u4e00-\u9fff\d])|(?<=\d)\n(?=[\u4e00-\u9fff%％])", "", text.strip()
    )
    return _SPACES.sub(" ", _WIDE.sub("", joined)).strip()


def paragraphs(text: str) -> str:
    """Give prose with its paragraphs kept.

    >>> paragraphs("  第一段。\\n\\n  第二段。")
    '第一段。\\n第二段。'
    """
    return "\n".join(line for line in map(tidy, text.split("\n")) if line)


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: empty, or a mark for "nothing here" (—, /, ……).

    >>> is_blank(" — "), is_blank("……"), is_blank("/"), is_blank("0"), is_blank("无")
    (True, True, True, False, False)
    """
    return bool(_NOTHING.fullmatch(squeezed(text)))


def without_numbering(text: str) -> str:
    """Give a heading without its number, right or wrong.

    >>> without_numbering("（2） 项目绩效目标。"), without_numbering("3、 综合评价"), without_numbering("1.5万亩")
    ('项目绩效目标。', '综合评价', '1.5万亩')
    """
    return _NUMBERING.sub("", text, count=1).strip()


def points_in(text: str) -> str | None:
    """Give the points printed in a heading: ``产出指标(50分)``, ``效益指标（30）``; None where none are.

    >>> points_in("产出指标(50分)"), points_in("满意度指标（10）"), points_in("数量指标")
    ('50', '10', None)
    """
    found = _POINTS.search(unicodedata.normalize("NFKC", text))
    return (found[1] or found[2]) if found else None


def without_points(text: str) -> str:
    """Give a heading without the points in it.

    >>> without_points("产出指标\\n（50分）")
    '产出指标'
    """
    return squeezed(_POINTS.sub("", unicodedata.normalize("NFKC", text)))

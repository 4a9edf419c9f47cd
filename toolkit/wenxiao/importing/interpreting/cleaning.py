"""Texts of cells made plain for comparison; what is kept as a fact keeps its own spelling."""

import re
import unicodedata
from functools import lru_cache
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
_POINTS: Final = re.compile(r"[(\[]?(\d{1,3}(?:\.\d{1,2})?)分[)\]]?|\((\d{1,3}(?:\.\d{1,2})?)\)")
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_LONGEST_LABEL: Final = 300
"""Signs beyond which a text is no label or heading, however it begins; what it reads like is not looked at."""


def squeezed(text: str) -> str:
    """Give a text in plain characters without any space, for comparison with known words.

    >>> squeezed("绩效 \\n指标"), squeezed("执行率（Ｂ／Ａ）")
    ('绩效指标', '执行率(B/A)')
    """
    return _known(text) if len(text) <= _LONGEST_LABEL else _SPACES.sub("", normal(text))


@lru_cache(4096)
def _known(text: str) -> str:
    """Squeeze a short text: what stands in a cell is asked for dozens of times."""
    return _SPACES.sub("", normal(text))


def bare(text: str) -> str:
    """Give a label in plain characters without what stands in brackets; empty where a text is too long for one.

    >>> bare("全年执行数\\n（B）"), bare("（" * 1000)
    ('全年执行数', '')
    """
    plain = squeezed(text)
    return _BRACKETS.sub("", plain) if len(plain) <= _LONGEST_LABEL else ""


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
    found = _POINTS.search("".join(unicodedata.normalize("NFKC", text).split()))
    return (found[1] or found[2]) if found else None


def without_points(text: str) -> str:
    """Give a heading without the points in it.

    >>> without_points("产出指标\\n（50分）")
    '产出指标'
    """
    return squeezed(_POINTS.sub("", "".join(unicodedata.normalize("NFKC", text).split())))

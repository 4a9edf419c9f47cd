"""Which names of report folders can stand in a site: on every file system, and beside every other."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from wenxiao.publishing.gate.reasons import Refusal
from wenxiao.words import Words

LONGEST: Final = 100
"""Characters of a name: with the site's own path before it and a file's name behind, Windows takes 259."""
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_SHORTER: Final = Words(
    "给项目文件换一个名字，重新生成。", "Give the params file another name and make the report again."
)


class Names:
    """The names that are taken, year by year; two that differ in case or width only are the same to many servers."""

    def __init__(self, taken: Iterable[tuple[int, str]] = ()):
        self._taken = {(year, _folded(stem)): stem for year, stem in taken}

    def refuse(self, year: int, stem: str) -> Refusal | None:
        """Say why a name can't be had; None: it can."""
        place = f"{year}/{stem[:LONGEST]}"
        if words := _unfit(stem):
            return Refusal("G713", place, words, _SHORTER)
        other = self._taken.get((year, _folded(stem)), stem)
        return None if other == stem else Refusal("G714", place, _TWIN.filled(other=other), _SHORTER)

    def take(self, year: int, stem: str) -> None:
        """Take a name, so that its twins can't have it."""
        self._taken.setdefault((year, _folded(stem)), stem)


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFKC", stem).casefold()


def _unfit(stem: str) -> Words | None:
    if len(stem) > LONGEST:
        return _LONG.filled(length=len(stem))
    plain = all(unicodedata.category(c)[0] in "LMN" or c in "-_." for c in stem)
    if (
        not plain
        or stem[:1] in ("", ".", "-")
        or stem[-1] == "."
        or not unicodedata.is_normalized("NFC", stem)
    ):
        return _CHARACTERS
    if _RESERVED.fullmatch(stem.casefold()) or stem.casefold() == "index.html":
        return _TAKEN
    return None


_LONG: Final = Words(
    f"名称有 {{length}} 个字符，最多 {LONGEST} 个。",
    f"The name has {{length}} characters; at most {LONGEST}.",
)
_CHARACTERS: Final = Words(
    "名称只能用汉字、字母、数字和“-”“_”“.”，不能以“-”“.”开头，也不能以“.”结尾。",
    "A name has letters, digits, “-”, “_” and “.” only, begins with neither “-” nor “.”, and ends with no “.”.",
)
_TAKEN: Final = Words("这个名称是系统保留的，有的电脑上不能用。", "The name is reserved on some systems.")
_TWIN: Final = Words(
    "与同年度的“{other}”只差大小写或全半角，在许多服务器上是同一个文件夹。",
    "It differs from “{other}” of the same year in case or width only: on many servers both are one folder.",
)

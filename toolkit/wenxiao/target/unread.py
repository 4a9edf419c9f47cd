"""What can't be read, or could be read in two ways, and the name of what is wrong with it."""

import re
from typing import Final

from wenxiao.numerals import ARABIC
from wenxiao.target.dates import YEAR
from wenxiao.target.kinds import Problem

LONGEST: Final = 80
"""Characters a target with a number has at most; what is longer is a text."""
_MISTAKABLE: Final[tuple[tuple[re.Pattern[str], Problem], ...]] = (
    # A scan reads ≥90% as 290%, and =100% as 二100%.
    (re.compile(r"2[1-9][0-9](?:\.[0-9]+)?%|2100%|二[0-9]+(?:\.[0-9]+)?%?"), "scanned_bound"),
    (re.compile(r"(?:19[5-9]|20[0-4])[0-9]"), "year_or_number"),
    (re.compile(rf"{YEAR}(?:[-/.]?(?:0[1-9]|1[0-2])|[-/.][1-9])|{YEAR}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])"), "compact_date"),
)  # fmt: skip


def mistakable(text: str) -> Problem | None:
    """Name what else a text that reads as a number may be; None where it is only the number."""
    return next((problem for pattern, problem in _MISTAKABLE if pattern.fullmatch(text)), None)


_WHY: Final[tuple[tuple[re.Pattern[str], Problem], ...]] = (
    (re.compile(r"[0-9](?:[,.]?[0-9]){18}"), "too_long"),
    (re.compile(r"(?<![A-Za-z])[OoIl]+[0-9]|[0-9][OoIl]"), "scanned_digit"),
    (re.compile(r"[0-9][:/⁄比][0-9]"), "ratio"),
    (re.compile(r"[0-9][百千万亿]*[余多几]"), "vague"),
    (
        re.compile(rf"{YEAR}年|[0-9]年.*[0-9]月|[0-9]月.*[0-9][日号]|[0-9][年月日号](?:[底末]|之?以?前)"),
        "date_in_text",
    ),
    (re.compile(r"[0-9](?:A*级|[类等星号])|[0-9]A+$"), "rank"),
)


def why_unread(clean: str) -> Problem:
    """Name what keeps a text with digits from being read; the beginning of a long text decides."""
    for pattern, problem in _WHY:
        if pattern.search(clean, 0, 5 * LONGEST):
            return problem
    return "several_numbers" if len(re.findall(ARABIC, clean)) > 1 else "number_in_text"

"""The lists of a site: all projects, and those of a year, department, grade or rate band; ordered, and cut into pages.

Every list can be read in four orders by plain links. The first page of all projects in the first order is the home page.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wenxiao.money import total
from wenxiao.publishing.pages.frame import HOME
from wenxiao.publishing.pages.shown import clipped
from wenxiao.publishing.published import Row
from wenxiao.words import GRADES

PER_PAGE: Final = 100
SHORT: Final = 20
"""A list of at most so many rows has one order only: the eye sorts it."""
LONGEST_NAME: Final = 60
NO_DEPARTMENT: Final = "主管部门未填报"
NO_GRADE: Final = "未评等级"

BANDS: Final = (
    ("over", "超过 100%", Decimal(100)), ("100", "100%", None), ("95", "95%—100%（不含）", Decimal(95)),
    ("90", "90%—95%（不含）", Decimal(90)), ("80", "80%—90%（不含）", Decimal(80)), ("60", "60%—80%（不含）", Decimal(60)),
    ("0", "60% 以下", Decimal(0)), ("none", "无法计算", None),
)  # fmt: skip
"""Execution rate: id, label, lower bound (``over``: excluded)."""
BAND_LABELS: Final = {key: words for key, words, _ in BANDS}
GRADE_KEYS: Final = {words: key for key, words in GRADES.items()}


def band(rate: Decimal | None) -> str:
    """Give the id of the band a rate in % falls into.

    >>> band(Decimal("98.74")), band(Decimal(100)), band(Decimal("100.01")), band(None)
    ('95', '100', 'over', 'none')
    """
    if rate is None:
        return "none"
    if rate >= 100:
        return "over" if rate > 100 else "100"
    return next(key for key, _, low in BANDS[2:] if low is not None and rate >= low)


def grade_key(row: Row) -> str:
    """Give the id of a row's grade, ``none`` without one."""
    return GRADE_KEYS.get(row.grade or "", "none")


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a list: its part of the address (empty: the first order), its words, and the key to sort by."""

    part: str
    words: str
    key: Callable[[Row], tuple[object, ...]]


def _least_first(value: Decimal | None) -> tuple[bool, Decimal]:
    return value is None, value or Decimal(0)


ORDERS: Final = (
    Order("", "年度新的在前", lambda row: (-row.year, -row.adjusted, row.stem)),
    Order("amount", "预算大的在前", lambda row: (-row.adjusted, -row.year, row.stem)),
    Order("rate", "执行率低的在前", lambda row: (*_least_first(row.rate), -row.year, row.stem)),
    Order("total", "总分低的在前", lambda row: (*_least_first(row.total), -row.year, row.stem)),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: which projects it holds. ``kind`` is all, year, department, grade or rate."""

    kind: str
    key: str
    words: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """The list's title, with the words before it that tell what they are."""
        before = {"department": "主管部门：", "grade": "等级：", "rate": "执行率："}.get(self.kind, "")
        return before + clipped(self.words, LONGEST_NAME)

    @property
    def folder(self) -> str:
        """The list's folder in the site."""
        return f"list/{self.kind}/{self.key}" if self.key else f"list/{self.kind}"

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders it can be read in."""
        return ORDERS if len(self.rows) > SHORT else ORDERS[:1]

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return max(1, -(-len(self.rows) // PER_PAGE))

    def path(self, order: Order, number: int = 1) -> str:
        """Give the path of one of its pages, counted from 1."""
        if self.kind == "all" and not order.part and number == 1:
            return HOME
        folder = f"{self.folder}/{order.part}" if order.part else self.folder
        return f"{folder}/{'index' if number == 1 else number}.html"

    def parts(self, order: Order) -> Iterator[tuple[int, Sequence[Row]]]:
        """Give number and rows of each page in an order."""
        ordered = sorted(self.rows, key=order.key)
        for number in range(1, self.pages + 1):
            yield number, ordered[(number - 1) * PER_PAGE : number * PER_PAGE]

    @property
    def adjusted(self) -> Decimal:
        """The sum of 全年预算数 in 元."""
        return total(row.adjusted for row in self.rows)

    @property
    def outturn(self) -> Decimal:
        """The sum of 全年执行数 in 元."""
        return total(row.outturn for row in self.rows)


def slug(department: str | None) -> str:
    """Give a department's part of an address: short, stable, and the same whatever its name holds."""
    return hashlib.sha256(department.encode()).hexdigest()[:12] if department else "none"


def everything(rows: Sequence[Row]) -> Listing:
    """Give the list of all projects."""
    return Listing("all", "", "全部项目", tuple(rows))


def years(rows: Iterable[Row]) -> list[Listing]:
    """Give one list a year, the newest first."""
    found = _grouped(rows, lambda row: str(row.year))
    return [Listing("year", key, f"{key}年度", found[key]) for key in sorted(found, reverse=True)]


def grades(rows: Iterable[Row]) -> list[Listing]:
    """Give one list a grade that occurs, the best first, those without one last."""
    found, words = _grouped(rows, grade_key), {**GRADES, "none": NO_GRADE}
    return [Listing("grade", key, words[key], found[key]) for key in words if key in found]


def bands(rows: Iterable[Row]) -> list[Listing]:
    """Give one list a rate band that occurs, the highest first."""
    found = _grouped(rows, lambda row: band(row.rate))
    return [Listing("rate", key, words, found[key]) for key, words, _ in BANDS if key in found]


def departments(rows: Iterable[Row]) -> list[Listing]:
    """Give one list a department, in the order of the national character set (pinyin for the common characters)."""
    found = _grouped(rows, lambda row: row.department or "")
    names = sorted(found, key=lambda name: (not name, name.encode("gb18030", "replace"), name))
    return [Listing("department", slug(name), name or NO_DEPARTMENT, found[name]) for name in names]


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return {name: tuple(group) for name, group in found.items()}


def around(number: int, last: int) -> list[int]:
    """Give the pages a pager names: first, last and those near by; 0 stands for a gap.

    >>> around(5, 9), around(1, 3)
    ([1, 0, 3, 4, 5, 6, 7, 0, 9], [1, 2, 3])
    """
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    shown: list[int] = []
    for one in near:
        if shown and one - shown[-1] > 1:
            shown.append(0)
        shown.append(one)
    return shown

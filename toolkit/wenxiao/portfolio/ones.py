"""A portfolio's projects as plain values: what the sentences, tables and charts over many projects are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from wenxiao.money import exact
from wenxiao.portfolio.tabular import UNSTATED
from wenxiao.words import CATEGORIES

if TYPE_CHECKING:
    import pandas as pd

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class One:
    """One project: amounts in 元, ``rate`` and ``outputs`` in %.

    ``outputs`` is how far its outputs that can be measured in numbers got, on average, each at most 100;
    ``comparable`` is how many indicators can be compared with their targets, ``missed`` how many of these miss it.
    """

    year: int
    stem: str
    department: str
    unit: str
    name: str
    adjusted: Decimal
    outturn: Decimal
    rate: Decimal | None
    total: Decimal | None
    grade: str | None
    reason: str | None
    errors: int
    warnings: int
    notes: int
    overrides: int
    indicators: int
    comparable: int
    missed: int
    measured: int
    outputs: Decimal | None

    @property
    def key(self) -> tuple[int, str]:
        """What tells a project from all others."""
        return self.year, self.stem


@dataclass(slots=True)
class _Counts:
    comparable: int = 0
    missed: int = 0
    measured: int = 0
    reached: Decimal = Decimal(0)


def rows_of_frame(frame: "pd.DataFrame", *names: str) -> Iterator[tuple[Any, ...]]:
    """Give rows as plain values, None for what is not stated."""
    columns = (frame[name].astype("object") for name in names)
    return zip(*(column.where(column.notna(), None).tolist() for column in columns), strict=True)


def ones_of(projects: "pd.DataFrame", indicators: "pd.DataFrame") -> tuple[One, ...]:
    """Give the projects of exact frames, in the order of the frame."""
    counts: dict[tuple[int, str], _Counts] = {}
    with exact():
        for year, stem, category, met, attained in rows_of_frame(
            indicators, "year", "stem", "category", "met", "attained"
        ):
            if met is None:
                continue
            count = counts.setdefault((year, stem), _Counts())
            count.comparable += 1
            count.missed += met == "no"
            if category == CATEGORIES["output"] and attained is not None:
                count.measured += 1
                count.reached += min(attained, HUNDRED)
        return tuple(_ones(projects, counts))


_NAMES: Final = (
    "year", "stem", "department", "unit", "project", "adjusted", "outturn", "execution_rate", "total", "grade", "reason",
    "errors", "warnings", "notes", "overrides", "indicators",
)  # fmt: skip


def _ones(projects: "pd.DataFrame", counts: dict[tuple[int, str], _Counts]) -> Iterator[One]:
    nothing = _Counts()
    for year, stem, department, *rest in rows_of_frame(projects, *_NAMES):
        count = counts.get((year, stem), nothing)
        outputs = count.reached / count.measured if count.measured else None
        told = (*rest, count.comparable, count.missed, count.measured, outputs)
        values: dict[str, Any] = dict(
            zip(One.__slots__, (year, stem, department or UNSTATED, *told), strict=True)
        )
        yield One(**values)

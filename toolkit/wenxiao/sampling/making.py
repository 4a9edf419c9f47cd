"""One sample: facts, perhaps what a document prints of them, perhaps a planted fault, and the text of its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wenxiao.money import exact
from wenxiao.sampling.claims import evaluated, with_claims
from wenxiao.sampling.drawing import Draw
from wenxiao.sampling.faults import FAULTS, Planted, planted
from wenxiao.sampling.layout import written
from wenxiao.sampling.projects import facts_of

FAULTY: Final = Decimal("0.12")
"""Share of projects with a planted fault, unless said otherwise."""
YEAR: Final = 2024
"""评价年度, unless said otherwise: a fixed one, so that the bytes do not follow the clock."""


@dataclass(frozen=True)
class Sample:
    """One project: its number, the name of its file without ending, the text of the file, and the faults in it."""

    number: int
    stem: str
    text: str
    planted: tuple[Planted, ...] = ()


def sample_project(number: int, seed: str = "0", year: int = YEAR, faulty: Decimal = FAULTY) -> Sample:
    """Give project ``number`` (from 1) of a seed; ``faulty`` is the share of projects with one planted fault.

    Raises:
        ValueError: the year is before :data:`FIRST_YEAR`.

    >>> sample_project(7) == sample_project(7), sample_project(7).stem
    (True, 'p000007')
    """
    found: list[Planted] = []
    with exact():
        draw = Draw(f"{seed}:{number}")
        facts = facts_of(year, draw)
        printing, headings = draw.random() < 0.7, draw.random() < 0.3
        luck, faults = draw.share(0, 999), draw.sample(FAULTS, len(FAULTS))
        if luck < faulty:
            facts, *found = planted(facts, faults, printing, headings)
        elif printing:
            facts = with_claims(facts, evaluated(facts), headings)
    heading = f"示例数据（种子 {seed}，第 {number} 个）：地名、单位和数字均为虚构。"
    return Sample(number, f"p{number:06d}", written(facts, heading), tuple(found))


def samples(count: int, seed: str = "0", year: int = YEAR, faulty: Decimal = FAULTY) -> Iterator[Sample]:
    """Give the projects 1 to ``count``, one after another."""
    return (sample_project(number, seed, year, faulty) for number in range(1, count + 1))

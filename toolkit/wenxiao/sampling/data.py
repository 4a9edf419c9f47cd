"""What samples are made of, from the YAML files beside this module: read as text, numbers as ``Decimal``, each once."""

from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter

from wenxiao.errors import InputError
from wenxiao.loading import Sheet
from wenxiao.money import places_of
from wenxiao.rubric import Rubric, load_rubric

T = TypeVar("T")
Facts = dict[str, Any]
"""The facts of a params file, or a part of them, as plain data."""
FIRST_YEAR: Final = 2019
"""The first year to which any of the scoring rubrics used here applies."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Entry):
    """The usual span of an amount."""

    low: Decimal
    high: Decimal


class Measure(_Entry):
    """What can be measured: counted between ``low`` and ``high``, judged by a ``word``, or else a rate."""

    name: str
    unit: str = "%"
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    word: str = ""

    @property
    def places(self) -> int:
        """Decimals of the target, as ``low`` is written."""
        return places_of(self.low)


class Effect(Measure):
    """What an outcome is measured by, and the subcategory it belongs to."""

    subcategory: str


class ProjectType(_Entry):
    """One line of a county's work, with what fits it; the fields are explained in projects.yaml."""

    name: str
    department: str
    unit: str
    budget: Span
    quantity: tuple[Measure, ...]
    quality: tuple[str, ...]
    cost: Measure
    effects: tuple[Effect, ...]
    served: tuple[str, ...]
    contents: tuple[str, ...]


class Places(_Entry):
    """The characters that names of places are put together from."""

    stems: str
    branches: str
    front: str
    back: str
    endings: str


class Explanation(_Entry):
    """偏差原因分析 and 改进措施; ``{town}`` stands for a name."""

    cause: str
    action: str


class Form(_Entry):
    """A rubric that samples are scored by: weight of the draw, first year, points by category."""

    weight: int
    since: int
    points: dict[str, int]


def _load(name: str, kind: type[T]) -> T:
    text = resources.files("wenxiao.sampling").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    sheet = Sheet(f"{name}.yaml", text)
    if sheet.problems:
        raise InputError(sheet.problems)
    return TypeAdapter(kind).validate_python(sheet.data)


@cache
def project_types() -> tuple[ProjectType, ...]:
    """Give the types of project that samples are made of, in a fixed order.

    >>> len(project_types()) >= 20, project_types()[0].name
    (True, '通村道路硬化')
    """
    return _load("projects", tuple[ProjectType, ...])


@cache
def places() -> Places:
    """Give the characters of places.yaml."""
    return _load("places", Places)


@cache
def counties() -> tuple[str, ...]:
    """Give the names of the counties: the cycle of sixty."""
    stems, branches = places().stems, places().branches
    return tuple(f"{stems[i % 10]}{branches[i % 12]}县" for i in range(60))


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """Give the sentences of a narrative by what they are about."""
    return _load("sentences", dict[str, tuple[str, ...]])


@cache
def explanations() -> dict[str, tuple[Explanation, ...]]:
    """Give explanations by what fell short: a subcategory, ``rate``, ``late``, ``judged``, ``above``, ``below_budget``."""
    return _load("explanations", dict[str, tuple[Explanation, ...]])


@cache
def forms() -> dict[str, Form]:
    """Give the rubrics that samples are scored by, by id."""
    return _load("rubrics", dict[str, Form])


@cache
def rubric(name: str) -> Rubric:
    """Give a shipped rubric, read once: a thousand samples need not look a thousand times whether its file changed."""
    return load_rubric(name)

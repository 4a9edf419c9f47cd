"""A rule is one by steps or by bands, or neither: all or nothing, or without certain reading."""

from dataclasses import dataclass, field
from decimal import Decimal

from wenxiao.steps.bands import Bands
from wenxiao.steps.deductions import Steps
from wenxiao.steps.measures import Target


@dataclass(frozen=True)
class Unclear:
    """A rule that has no certain reading: ``clause`` is the first that can't be read or contradicts the others."""

    clause: str


@dataclass(frozen=True)
class AllOrNothing(Unclear):
    """Full marks when the target is reached, otherwise none (达到指标值得满分，否则不得分).

    It is certain, but neither steps nor bands: the method ``all_or_nothing`` scores it, and who knows only steps and
    bands must take it for unclear. ``full`` and ``target`` are None where the rule leaves them to the indicator.
    """

    clause: str = field(compare=False)
    full: Decimal | None = None
    target: Target | None = None
    of: str = ""


Rule = Steps | Bands | Unclear

"""What a planted fault is."""

from collections.abc import Callable
from dataclasses import dataclass

from wenxiao.evaluation import Evaluation, Severity
from wenxiao.sampling.data import Facts

Change = Callable[[Facts, Evaluation], str | None]
"""Changes the facts in place and gives the place of the fault; None, and nothing changed, where it does not fit.

The evaluation is that of the facts as they were.
"""


@dataclass(frozen=True)
class Planted:
    """A fault put into a file on purpose: the finding's code, gravity and place, and what was changed."""

    code: str
    severity: Severity
    where: str
    change: str


@dataclass(frozen=True)
class Fault:
    """The finding's code and gravity, what is changed in words, and what changes it."""

    code: str
    severity: Severity
    said: str
    change: Change

    def __call__(self, facts: Facts, evaluation: Evaluation) -> Planted | None:
        """Plant the fault if it fits."""
        where = self.change(facts, evaluation)
        return None if where is None else Planted(self.code, self.severity, where, self.said)


def first(facts: Facts, fits: Callable[[Facts], bool]) -> int | None:
    """Give the position of the first indicator that fits."""
    return next((i for i, row in enumerate(facts["indicators"]) if fits(row)), None)


def drop_reasons(part: Facts) -> None:
    """Take cause and corrective action away from an indicator or the budget."""
    for key in ("deviation_cause", "corrective_action"):
        part.pop(key, None)

"""Faults planted on purpose, one to a project: each is what one code of the catalogue of findings finds.

A fault changes the facts where it fits and tells where it did; the table at the end of each module names its code. Some
fit every project. A new fault goes at the end of a table; it changes which one every seed draws.
"""

from collections.abc import Sequence
from typing import Final

from wenxiao.sampling.claims import evaluated, with_claims
from wenxiao.sampling.data import Facts
from wenxiao.sampling.faults import budget, claims, indicators, texts
from wenxiao.sampling.faults.kinds import Fault, Planted

__all__ = ["FAULTS", "Fault", "Planted", "planted"]

FAULTS: Final[tuple[Fault, ...]] = (*budget.FAULTS, *indicators.FAULTS, *texts.FAULTS, *claims.FAULTS)
"""All faults: those of what happened or was written, from which what is printed follows, then those of what is printed."""


def planted(facts: Facts, faults: Sequence[Fault], printing: bool, headings: bool) -> tuple[Facts, Planted]:
    """Plant the first fault that fits; ``printing`` and ``headings``: what the document would print without it.

    Raises:
        LookupError: none fits, which of :data:`FAULTS` some always do.
    """
    before = evaluated(facts)
    for fault in faults:
        if fault in claims.FAULTS:
            if before.rules.scored and (found := fault(told := with_claims(facts, before), before)):
                return told, found
        elif found := fault(facts, before):
            if printing:  # printed points add up to 100, so they would be a second fault beside S201
                facts = with_claims(facts, evaluated(facts), headings and found.code != "S201")
            return facts, found
    raise LookupError("no fault fits")

"""Clauses that make a rule by bands, each with one meaning beside those before it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from wenxiao.money import ZERO
from wenxiao.steps.bands import Bands, PointBand
from wenxiao.steps.parts import (
    Earn,
    Else,
    Full,
    Part,
    Parts,
    caps_of,
    earned_by,
    full_marks,
    measure_of,
    parts_of,
)
from wenxiao.steps.rules import Unclear


def as_bands(parts: Parts) -> Bands | Unclear:
    """Give the rule that the clauses make, or the first that has no certain place in it."""
    if falling := caps_of(parts):
        return Unclear(falling[0])
    full, earned = full_marks(parts), [part for _, part in parts_of(parts, Earn)]
    bands: list[PointBand] = []
    for clause, part in parts:
        if isinstance(part, Full):
            continue
        band = _band(part, full, len(earned))
        unlike = isinstance(part, Earn) and part.unit != earned[0].unit
        if band is None or unlike or _never_certain(band, bands):
            return Unclear(clause)
        band = _below_the_top(band, bands) if bands or not _only(earned, parts) else _at_least(band)
        if _never_certain(band, bands):
            return Unclear(clause)
        bands.append(band)
    if _by_the_piece(bands, full):
        return Unclear(parts_of(parts, Earn)[0][0])
    return Bands(tuple(bands), earned[0].unit, measure_of(parts), full)


def _only(earned: Sequence[Earn], parts: Parts) -> bool:
    """Tell whether the rule awards points once and says 否则 of everything else."""
    other = [part.points for _, part in parts_of(parts, Else)]
    points = earned_by(earned[0], full_marks(parts)) if len(earned) == 1 and other else None
    return points is not None and other[0] < points


def _about(span: PointBand) -> bool:
    """Tell whether 100%得10分 is written, a bare number that more than 100% also reaches; 0次 is just none."""
    return span.low == span.high != 0


def _at_least(band: PointBand) -> PointBand:
    """Read 100%得10分，否则不得分 as for a target without sign: more than 100% reaches it."""
    return replace(band, high=None) if _about(band) else band


def _by_the_piece(bands: Sequence[PointBand], full: Decimal | None) -> bool:
    """Tell whether the points may be meant for each: 满分10分，完成一个得2分."""
    alone = len(bands) == 1 and bands[0].low == 1
    return alone or (full is not None and all(band.points < full for band in bands))


def _below_the_top(band: PointBand, before: Sequence[PointBand]) -> PointBand:
    """End a band where the rule stops saying what more than its best number earns.

    After 100%得10分, neither 90%以上得8分 nor 否则不得分 is meant for 105%.
    """
    if band.high is not None or not before or any(one.high is None for one in before):
        return band
    top = max(before, key=lambda one: one.ends[1])
    if top.low is None or top.absolute or top.high == 0:
        return band
    best = top.points == max(one.points for one in before) > band.points
    reaches = band.low is None or band.low < top.low
    return replace(band, high=top.high) if best and reaches and (_about(top) or len(before) > 1) else band


def _band(part: Part, full: Decimal | None, earned: int) -> PointBand | None:
    """Give a clause's band with its points; None where they are not stated, or more than the full marks."""
    points, span = None, None
    if isinstance(part, Else) and (part.unmet is None or (part.unmet == "" and earned == 1)):
        points, span = part.points, PointBand(ZERO)
    elif isinstance(part, Earn):
        points, span = earned_by(part, full), part.span
    if points is None or span is None or (full is not None and points > full):
        return None
    return replace(span, points=points)


def _never_certain(band: PointBand, before: Sequence[PointBand]) -> bool:
    """Tell whether an earlier band takes all of a band's numbers, or shares more than an end with it.

    90%以上, then 80%以上 is read from top to bottom; 80%以上, then 90%以上 leaves nothing to the second.
    """
    low, high = band.ends
    for one in before:
        first, last = one.ends
        if one.absolute != band.absolute and not (band.low is None and band.high is None):
            return True
        within = first <= low and high <= last
        around = low <= first and last <= high
        if within or (not around and max(low, first)[0] < min(high, last)[0]):
            return True
    return False

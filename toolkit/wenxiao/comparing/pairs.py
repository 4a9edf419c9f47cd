"""Two scored projects: which facts differ, which score each of them can move, and whether the rules differ."""

from typing import Any, Final

from wenxiao.comparing.facts import Difference, Where, differences
from wenxiao.comparing.subjects import Scored
from wenxiao.loading import shown_where
from wenxiao.rubric import load_rubric, rubric_ids
from wenxiao.words import Words

# Facts of an indicator that no method of scoring looks at.
_WORDS_ONLY: Final = {"name", "planned_as", "deviation_cause", "corrective_action", "evidence"}
_AMOUNTS: Final = ("original", "adjusted", "outturn", "received")


class Pair:
    """Two scored projects.

    ``facts`` are those a score rests on, each with the score it can move: ``budget``, ``indicators[2]`` (with ``-``
    where only A has it), ``total``, ``measures`` (rates of the form) or ``rules`` (all). ``claims`` are printed values,
    ``others`` move nothing; ``rules`` says in words what differs in the rules.
    """

    def __init__(self, a: Scored, b: Scored):
        self.a, self.b = a, b
        self.rules = _changed_rules(a, b)
        found = list(differences(a.facts, b.facts))
        touched = [(one, self._touched(one)) for one in found if "printed" not in one.path]
        self.facts = [(one, score) for one, score in touched if score]
        self.claims = [one for one in found if "printed" in one.path]
        self.others = [one for one, score in touched if not score]

    def moving(self, score: str) -> list[Words]:
        """Give the changed facts that can move a score, in words."""
        return [one.told for one, touched in self.facts if touched == score]

    def _touched(self, one: Difference) -> str:
        """Give the score a fact can move; empty where it moves none."""
        path = one.path
        match path:
            case ("indicators", *_):
                gone = "-" if one.gone and len(path) == 2 else ""
                return "" if _only_words(one) else shown_where(path[:2]) + gone
            case ("budget", *_):
                measured = path[-1] in _AMOUNTS and any(map(_is_measured, (self.a, self.b)))
                return "budget" if self._moves_execution(path) else "measures" if measured else ""
            case ("project", "completed"):
                methods = [side.result["budget"].get("method") for side in (self.a, self.b)]
                return "budget" if "interval" in methods else ""
            case ("project", "year"):
                return "rules" if self.rules else ""
            case ("objectives", *_, "points") | ("excerpt",):
                return "total"
        return ""

    def _moves_execution(self, path: Where) -> bool:
        amount = path[-1] in ("adjusted", "outturn")
        if path[1] == "sources":
            return amount or len(path) == 3
        # A stated total is only checked where there are sources to add up.
        summed = all(side.facts["budget"].get("sources") for side in (self.a, self.b))
        return path[1] == "total" and amount and not summed


def _only_words(one: Difference) -> bool:
    field = one.path[2] if len(one.path) > 2 else None
    if field == "subcategory":  # the rules know cost from the rest, nothing finer
        return not any("成本" in (value or "") for value in (one.a, one.b))
    return field in _WORDS_ONLY


def _is_measured(one: Scored) -> bool:
    """Tell whether the rubric computes the actual of some indicator from 项目资金."""
    stated = [indicator.get("actual") for indicator in one.facts["indicators"]]
    return any(a != b.get("actual") for a, b in zip(stated, one.result["indicators"], strict=False))


def _changed_rules(a: Scored, b: Scored) -> tuple[Words, ...]:
    """Say that another rubric was used, or that the same one has other values in the other year."""
    one, two = str(a.result.get("rubric")), str(b.result.get("rubric"))
    if one != two:
        return (Words(f"评分规则 {one} → {two}", f"rubric {one} → {two}"),)
    if a.year == b.year or one not in rubric_ids():
        return ()
    try:
        values = [_values(one, side.year) for side in (a, b)]
    except LookupError:  # a published report of a year which the rubric no longer covers
        return ()
    if values[0] == values[1]:
        return ()
    years = f"{a.year} → {b.year}"
    zh, en = f"评分规则 {one} 的取值随年度不同（{years}）", f"values of rubric {one} by year ({years})"
    return (Words(zh, en),)


def _values(rubric: str, year: int) -> dict[str, Any]:
    return load_rubric(rubric).at(year).model_dump(exclude={"references", "bases"})

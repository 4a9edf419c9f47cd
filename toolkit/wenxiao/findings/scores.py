"""Findings on points, total and grade: S201, S202, S203, S204."""

from collections.abc import Iterator
from decimal import Decimal

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.money import printed_number, show, total
from wenxiao.words import CATEGORIES, GRADES

_SYNONYMS = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差", "合格": "中", "不合格": "差"}


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on points, total and grade."""
    yield from points(evaluation)
    yield from headings(evaluation)
    yield from printed_total(evaluation)
    yield from grade(evaluation)


def points(evaluation: Evaluation) -> Iterator[Finding]:
    """S201: the points of execution and indicators do not give the rubric's total, or depart from its categories."""
    rules, project = evaluation.rules, evaluation.project
    if not rules.scored or rules.total is None or any(i.points is None for i in project.indicators):
        return
    execution = rules.execution_points or Decimal(0)
    groups = {
        c: [i.points for i in project.indicators if i.category == c and i.points is not None]
        for c in CATEGORIES
    }
    sums = {category: total(values) for category, values in groups.items() if values}
    whole = total([execution, *sums.values()])
    parts = _parts({"预算执行率": execution} | {CATEGORIES[c]: value for c, value in sums.items()})
    if whole > rules.total or (whole < rules.total and not project.is_excerpt):
        yield finding(
            "S201", "error", "indicators", computed=show(whole), expected=show(rules.total), parts=parts,
            group="预算执行率和各项指标的", group_en="execution and indicators",
        )  # fmt: skip
    elif (
        whole == rules.total
        and rules.category_points
        and any(rules.category_points.get(c) != v for c, v in sums.items())
    ):
        yield finding(
            "S201", "note" if rules.adjustable else "warning", "indicators", parts=parts,
            computed="、".join(show(v) for v in sums.values()), group="各一级指标的", group_en="categories",
            expected="、".join(show(v) for v in rules.category_points.values()),
        )  # fmt: skip


def headings(evaluation: Evaluation) -> Iterator[Finding]:
    """S201: points printed beside the headings against their sum and against the rows below them."""
    project, rules = evaluation.project, evaluation.rules
    printed = project.printed.points
    stated = {c: getattr(printed, c) for c in ("execution", *CATEGORIES) if getattr(printed, c) is not None}
    if not stated:
        return
    names = {"execution": "预算执行率", **CATEGORIES}
    for category in CATEGORIES:
        rows = [i.points for i in project.indicators if i.category == category]
        known = [value for value in rows if value is not None]
        if category not in stated or not known or len(known) < len(rows):
            continue
        below = total(known)
        if below > stated[category] or (below < stated[category] and not project.is_excerpt):
            yield finding(
                "S201", "error", f"printed.points.{category}", printed=show(stated[category]), computed=show(below),
                expected=show(stated[category]), parts=" + ".join(map(show, known)),
                group=f"{CATEGORIES[category]}各行的", group_en=category,
            )  # fmt: skip
    whole, expected = total(stated.values()), rules.total or Decimal(100)
    if whole > expected or (whole < expected and len(stated) >= 4 and not project.is_excerpt):
        yield finding(
            "S201", "error", "printed.points", computed=show(whole), expected=show(expected),
            parts=_parts({names[c]: v for c, v in stated.items()}), group="各级标题旁印的", group_en="headings",
        )  # fmt: skip


def _parts(values: dict[str, Decimal]) -> str:
    return " + ".join(f"{name} {show(value)}" for name, value in values.items())


def printed_total(evaluation: Evaluation) -> Iterator[Finding]:
    """S202, S204: a printed total against the sum of the printed scores, or with nothing to support it."""
    project = evaluation.project
    claim = printed_number(project.printed.total) if project.printed.total else None
    if claim is None or project.is_excerpt:
        return
    texts = [project.budget.printed.score, *(i.printed.score for i in project.indicators)]
    claims = [printed_number(text) for text in texts if text]
    scores = [c.value for c in claims if c is not None]
    if not any(i.printed.score for i in project.indicators):
        no_points = all(i.points is None for i in project.indicators)
        yield finding(
            "S204", "error" if no_points else "warning", "printed.total", printed=claim.text,
            lack="没有任何指标的分值和得分" if no_points else "没有任何指标的得分",
            lack_en="no indicator has points or a score" if no_points else "no indicator has a score",
        )  # fmt: skip
        return
    if len(scores) < len(texts):
        yield finding(
            "S204", "warning", "printed.total", printed=claim.text,
            lack=f"有 {len(texts) - len(scores)} 项没有得分", lack_en=f"{len(texts) - len(scores)} scores are missing",
        )  # fmt: skip
    elif (summed := total(scores)) != claim.value:
        yield finding(
            "S202", "error", "printed.total", printed=claim.text, computed=show(summed),
            parts=" + ".join(show(value) for value in scores),
        )  # fmt: skip


def grade(evaluation: Evaluation) -> Iterator[Finding]:
    """S203: a grade that is none of the four, or that does not follow from the printed total."""
    printed, rules = evaluation.project.printed, evaluation.rules
    if printed.grade is None or not rules.grades:
        return
    claim = printed_number(printed.total) if printed.total else None
    key = rules.grade_of(claim.value) if claim is not None else None
    follows = GRADES[key] if key else None
    word = printed.grade if printed.grade in GRADES.values() else _SYNONYMS.get(printed.grade)
    if follows and word and word != follows:
        yield finding(
            "S203", "error", "printed.grade", printed=printed.grade, computed=follows,
            why=f"而总分 {printed.total} 对应的等级是“{follows}”", why_en=f"the total {printed.total} means {follows}",
        )  # fmt: skip
    elif printed.grade not in GRADES.values():
        yield finding(
            "S203", "warning", "printed.grade", printed=printed.grade, computed=follows or word,
            why="不是规定的等级用词（优、良、中、差）", why_en="it is none of 优, 良, 中, 差",
        )  # fmt: skip

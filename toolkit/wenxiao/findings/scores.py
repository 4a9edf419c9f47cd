"""Findings on points, total and grade: S201, S202, S203, S204."""

from collections.abc import Iterator
from decimal import Decimal

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.money import ZERO, printed_number, show, total
from wenxiao.words import CATEGORIES, GRADES

_SYNONYMS = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差", "合格": "中", "不合格": "差"}


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on points, total and grade."""
    yield from points(evaluation)
    yield from goals(evaluation)
    yield from headings(evaluation)
    yield from printed_total(evaluation)
    yield from grade(evaluation)


def points(evaluation: Evaluation) -> Iterator[Finding]:
    """S201: the points of execution and indicators do not give the rubric's total, or depart from its categories."""
    rules, project = evaluation.rules, evaluation.project
    if not rules.scored or rules.total is None or any(i.points is None for i in project.indicators):
        return
    sums = _by_category(evaluation)
    whole = total(sums.values())
    parts = _parts(sums)
    if whole > rules.total or (whole < rules.total and not project.is_excerpt):
        yield finding(
            "S201", "error", "indicators", computed=show(whole), expected=show(rules.total), parts=parts,
            group="预算执行率和各项指标的", group_en="execution and indicators",
        )  # fmt: skip
    elif whole == rules.total:
        yield from _departs(
            evaluation, "indicators", {c: v for c, v in sums.items() if c != "execution"}, parts
        )
        yield from _too_little(evaluation, sums, parts)


def _by_category(evaluation: Evaluation) -> dict[str, Decimal]:
    """Give the points by category, those inside another counted there; execution first, where it stands by itself."""
    rules, found = evaluation.rules, {}
    if rules.execution_points is not None:
        found[rules.inside.get("execution", "execution")] = rules.execution_points
    for indicator in evaluation.project.indicators:
        key = rules.category_of(indicator.category)
        found[key] = total([found.get(key, ZERO), indicator.points or ZERO])
    order = ["execution", *CATEGORIES]
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))


def _departs(evaluation: Evaluation, where: str, sums: dict[str, Decimal], parts: str) -> Iterator[Finding]:
    """S201: the categories' points are others than the rubric's; only a note where they may be adjusted."""
    rules = evaluation.rules
    if not rules.category_points or sums in _allowed(rules.category_points, sums):
        return
    yield finding(
        "S201", "note" if rules.adjustable else "warning", where, parts=parts,
        computed="、".join(show(v) for v in sums.values()), group="各一级指标的", group_en="categories",
        expected="、".join(show(v) for v in rules.category_points.values()),
    )  # fmt: skip


def _allowed(points: dict[str, Decimal], sums: dict[str, Decimal]) -> list[dict[str, Decimal]]:
    """Give the rubric's points of the categories in use, and the same with 满意度 given to 效益 where it is not used."""
    own = {category: points.get(category, ZERO) for category in sums}
    if "satisfaction" in sums or "satisfaction" not in points or "outcome" not in sums:
        return [own]
    return [own, own | {"outcome": own["outcome"] + points["satisfaction"]}]


def _too_little(evaluation: Evaluation, sums: dict[str, Decimal], parts: str) -> Iterator[Finding]:
    """S201: categories that together must carry at least so many points (产出 and 效益 in the framework)."""
    least = evaluation.rules.at_least
    if least is None:
        return
    carried = total(sums.get(category, ZERO) for category in least.categories)
    if carried < least.points:
        names = "、".join(CATEGORIES[category] for category in least.categories)
        yield finding(
            "S201", "note", "indicators", computed=show(carried), expected=f"至少 {show(least.points)}", parts=parts,
            group=f"{names}的", group_en=names,
        )  # fmt: skip


def goals(evaluation: Evaluation) -> Iterator[Finding]:
    """S201: several objectives sharing the points, against the rubric's sum and against their own indicators."""
    project, whole = evaluation.project, evaluation.rules.goal_points
    shares = [goal.points for goal in project.objectives]
    if whole is None or not shares or any(share is None for share in shares):
        return
    known = [share for share in shares if share is not None]
    if (summed := total(known)) != whole:
        yield finding(
            "S201", "error", "objectives", computed=show(summed), expected=show(whole),
            parts=" + ".join(map(show, known)), group="各年度绩效目标的", group_en="objectives",
        )  # fmt: skip
    for number, share in enumerate(known, 1):
        rows = [i.points for i in project.indicators if i.goal == number]
        below = [value for value in rows if value is not None]
        if rows and len(below) == len(rows) and (summed := total(below)) != share:
            yield finding(
                "S201", "error", f"objectives[{number - 1}].points", printed=show(share), computed=show(summed),
                expected=show(share), parts=" + ".join(map(show, below)), group=f"年度绩效目标{number}各项指标的",
                group_en=f"objective {number}",
            )  # fmt: skip


def headings(evaluation: Evaluation) -> Iterator[Finding]:
    """S201: points printed beside the headings against the rows below them, their sum, and the rubric's categories."""
    project = evaluation.project
    stated = {
        c: value
        for c in ("execution", *CATEGORIES)
        if (value := getattr(project.printed.points, c)) is not None
    }
    for category in (c for c in CATEGORIES if c in stated):
        rows = _rows_below(evaluation, category)
        known = [value for value in rows if value is not None]
        if not known or len(known) < len(rows):
            continue
        below = total(known)
        if below > stated[category] or (below < stated[category] and not project.is_excerpt):
            yield finding(
                "S201", "error", f"printed.points.{category}", printed=show(stated[category]), computed=show(below),
                expected=show(stated[category]), parts=" + ".join(map(show, known)),
                group=f"{CATEGORIES[category]}各行的", group_en=category,
            )  # fmt: skip
    if stated:
        yield from _headings_together(evaluation, stated)


def _rows_below(evaluation: Evaluation, category: str) -> list[Decimal | None]:
    """Give the points of a heading's rows, those counted inside it (execution, satisfaction) included."""
    rules = evaluation.rules
    rows = [
        i.points
        for i in evaluation.project.indicators
        if category in (i.category, rules.category_of(i.category))
    ]
    return [rules.execution_points, *rows] if rules.inside.get("execution") == category else rows


def _headings_together(evaluation: Evaluation, stated: dict[str, Decimal]) -> Iterator[Finding]:
    project, rules = evaluation.project, evaluation.rules
    stated = {c: value for c, value in stated.items() if rules.inside.get(c) not in stated}
    whole, expected = total(stated.values()), rules.total or Decimal(100)
    parts = _parts(stated)
    if whole > expected or (whole < expected and len(stated) >= 4 and not project.is_excerpt):
        yield finding(
            "S201", "error", "printed.points", computed=show(whole), expected=show(expected), parts=parts,
            group="各级标题旁印的", group_en="headings",
        )  # fmt: skip
    yield from _departs(
        evaluation, "printed.points", {c: v for c, v in stated.items() if c != "execution"}, parts
    )


def _parts(values: dict[str, Decimal]) -> str:
    names = {"execution": "预算执行率", **CATEGORIES}
    return " + ".join(f"{names[key]} {show(value)}" for key, value in values.items())


def printed_total(evaluation: Evaluation) -> Iterator[Finding]:
    """S202, S204: a printed total against the sum of the printed scores, or with nothing to support it."""
    project = evaluation.project
    claim = printed_number(project.printed.total) if project.printed.total else None
    if claim is None or project.is_excerpt:
        return
    execution = project.budget.printed.score
    asked = [execution] if execution or evaluation.rules.execution_points is not None else []
    texts = [*asked, *(i.printed.score for i in project.indicators)]
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

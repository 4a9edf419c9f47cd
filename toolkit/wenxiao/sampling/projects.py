"""The facts of a sample as they should be filled in, nothing printed yet."""

import datetime as dt

from wenxiao.sampling.data import Facts, ProjectType, counties, forms, project_types
from wenxiao.sampling.drawing import Draw
from wenxiao.sampling.indicators import counted, deadline, effect, missed, priced, rated, whole_cost
from wenxiao.sampling.money import budget_of
from wenxiao.sampling.narratives import narrative, objective


def facts_of(year: int, draw: Draw) -> Facts:
    """Draw the facts of a project of a year.

    Raises:
        ValueError: no rubric applies to that year.
    """
    kind = project_types()[draw.randrange(len(project_types()))]
    rubric, county = draw.rubric(year), draw.choice(counties())
    unit = f"{county}{kind.unit}"
    begun = dt.date(year, 1, 5) + dt.timedelta(draw.randint(0, 140))
    budget = budget_of(kind, draw)
    rows = _indicators(kind, rubric, year, budget, draw)
    if draw.random() < 0.08:
        rows = [missed(row, draw) for row in rows]
    batch = draw.choice(("", "", "（第一批）", "（第二批）", "（续建）"))
    facts: Facts = {
        "schema": "wenxiao/1",
        "rubric": rubric,
        "project": {
            "name": f"{draw.town()}{kind.name}{batch}", "year": year, "region": f"某省示例市{county}",
            "department": f"{county}{kind.department}", "unit": unit,
            "started": begun, "completed": min(begun + dt.timedelta(draw.randint(90, 220)), dt.date(year, 12, 24)),
        },
        "budget": budget,
        "objectives": [objective(rows)],
        "indicators": rows,
        "narrative": narrative(kind, unit, draw),
        "signed": {"unit": unit, "date": dt.date(year + 1, 2, 20) + dt.timedelta(draw.randint(0, 60))},
    }  # fmt: skip
    facts["disclosure"] = _disclosure(unit, f"{county}{kind.department}", facts["signed"]["date"])
    return _with_goals(facts, draw) if rubric == "hubei-20-80" else facts


def _disclosure(unit: str, department: str, signed: dt.date) -> Facts:
    """A review that the gate before publication lets pass: offices, no persons."""
    return {
        "classification": "public", "reviewed_by": f"{unit}办公室", "reviewed_on": signed + dt.timedelta(5),
        "approved_by": department, "approved_on": signed + dt.timedelta(12),
    }  # fmt: skip


def _indicators(kind: ProjectType, rubric: str, year: int, budget: Facts, draw: Draw) -> list[Facts]:
    points = forms()[rubric].points
    output, cost = _outputs(kind, year, draw), []
    if "cost" in points:
        cost = [whole_cost("cost", budget), priced("cost", kind.cost, draw)]
    elif draw.random() < 0.7:
        by_unit = draw.random() < 0.7
        output.append(priced("output", kind.cost, draw) if by_unit else whole_cost("output", budget))
    groups = {
        "cost": cost,
        "output": output,
        "outcome": [effect(one, draw) for one in draw.some(kind.effects, 2)],
        "satisfaction": [
            rated("satisfaction", "satisfaction", f"{who}满意度", draw) for who in draw.some(kind.served, 1)
        ],
    }
    return [row for name, rows in groups.items() for row in _with_points(rows, points.get(name, 0), draw)]


def _outputs(kind: ProjectType, year: int, draw: Draw) -> list[Facts]:
    rows = [counted("output", "quantity", one, draw) for one in draw.some(kind.quantity, 2)]
    rows += [rated("output", "quality", name, draw) for name in draw.some(kind.quality, 1)]
    rows.append(deadline(year, draw))
    if draw.random() < 0.4:
        rows.append(rated("output", "timeliness", draw.choice(("任务按期完成率", "完工及时率")), draw))
    return rows


def _with_points(rows: list[Facts], whole: int, draw: Draw) -> list[Facts]:
    if not whole:
        return rows
    return [row | {"points": value} for row, value in zip(rows, draw.split(whole, len(rows)), strict=True)]


def _with_goals(facts: Facts, draw: Draw) -> Facts:
    """Let one or two objectives share the 80 points of Hubei's form."""
    rows, goal = facts["indicators"], facts["objectives"][0]
    if draw.random() < 0.5:
        rows = [row | {"goal": 1} for row in rows]
        return facts | {"objectives": [goal | {"points": 80}], "indicators": rows}
    outcome = next(row for row in rows if row["category"] == "outcome")
    said = {
        key: f"{outcome['name']}：{outcome[of]}。"
        for key, of in (("planned", "target"), ("actual", "actual"))
    }
    rows = [row | {"goal": 1 if row["category"] == "output" else 2} for row in rows]
    return facts | {"objectives": [goal | {"points": 40}, {"points": 40} | said], "indicators": rows}

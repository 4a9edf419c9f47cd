"""Forms of which no figure set is at hand, for invented projects: Sichuan 2023, Chongqing, Ningxia, Jiangxi."""

from form_files import C, Form
from form_parts import (
    Quirks,
    amount,
    execution_points,
    goals,
    grade,
    grouped,
    heading,
    indicator_rows,
    n,
    narrative,
    reason,
    signed,
    split,
    total,
)
from wenxiao.model import Amounts, Indicator, Project
from wenxiao.words import CATEGORIES


def sichuan_2023(project: Project, quirks: Quirks) -> Form:
    """10+90: 预算执行情况 with a reason beside it, the indicator's value in three columns, three texts of 200 字."""
    budget = project.budget

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        values = [getattr(amounts, f) if amounts else None for f in ("original", "adjusted", "outturn")]
        return [C(label, 2), *[C(amount(v, project, quirks)) for v in values], *[C(one) for one in end], C()]

    lines = [
        money("总额", total(project), budget.printed.execution_rate or "", n(execution_points(project)), budget.printed.score or "", budget.deviation_cause or ""),
        *[money(f"其中：{one.name}" if i == 0 else one.name, one, "", "/", "/", "") for i, one in enumerate(budget.sources)],
        *([money("其他资金", None, "", "/", "/", "")] if quirks.dots else []),
    ]  # fmt: skip
    heads = [
        C("资金类型", 2),
        *map(C, ("年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因")),
        C(),
    ]
    rows = [
        [C("主管部门", 2), C(project.department or "", 3), C("实施单位"), C(project.unit, 5)],
        [C("项目名称", 2), C(project.name, 9)],
        [C(f"预算执行情况（{budget.amount_unit}）\n（10分）", 1, len(lines) + 1), *heads],
        *lines,
        *goals(project, 11, ("年度目标", "年度目标完成情况"), "项目年度绩效目标"),
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), *[C() for _ in range(7)]]
        sign, value, unit = split(one.target)
        return [
            C(one.name), C(sign), C(value), C(unit), C(one.actual or ""), C(n(one.points)), C(one.printed.score or ""), C(reason(one)),
        ]  # fmt: skip

    names = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    )
    body = grouped(project, quirks, row, lambda p, c: CATEGORIES[c])
    rows += indicator_rows([*map(C, names)], body, quirks, "绩效指标\n（90分）")
    rows += [
        [C("合计", 8), C("100"), C(project.printed.total or ""), C(grade(project))],
        [C("评价结论", 2), C(project.narrative.experience or "", 9)],
        [C("存在问题", 2), C(project.narrative.problems or "", 9)],
        [C("改进措施", 2), C(project.narrative.suggestions or "", 9)],
    ]
    end = ["项目负责人：        财务负责人："]
    return [
        f"{project.year}年度项目支出绩效自评表",
        f"单位：{budget.amount_unit}",
        rows,
        *end,
        *signed(project),
    ]


def chongqing(project: Project, quirks: Quirks) -> Form:
    """部门整体绩效自评表: 得分系数, 是否核心指标, 调整指标值; one line an indicator, no groups."""
    budget, both = project.budget, total(project)
    values = [getattr(both, f) if both else None for f in ("original", "adjusted", "outturn")]
    rows = [
        [C("部门名称"), C(project.unit, 4), C("自评总分（分）"), C(project.printed.total or "", 4)],
        [C("部门联系人"), C("", 4), C("评价等级"), C(grade(project), 4)],
        [C(f"部门资金\n（{budget.amount_unit}）", 1, 2), *map(C, ("年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）", "执行率权重", "执行率得分（分）")), C("", 3)],
        [
            *[C(amount(v, project, quirks)) for v in values], C(budget.printed.execution_rate or ""), C(n(execution_points(project))),
            C(budget.printed.score or ""), C("", 3),
        ],
        *goals(project, 10, ("年初绩效目标", "全年完成情况"), "当年整体\n绩效目标"),
        [C("绩效指标", 1, len(project.indicators) + 1), *map(C, ("指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值", "得分系数（%）", "指标权重（分）", "指标得分（分）"))],
    ]  # fmt: skip
    for one in project.indicators:
        sign, value, unit = split(one.target)
        share = f"{(one.share * 100).normalize():f}" if one.share is not None else ""
        rows.append(
            [
                C(one.name),
                C(unit),
                C(sign),
                C(value),
                C(),
                C(one.actual or ""),
                C(share),
                C(n(one.points)),
                C(one.printed.score or ""),
            ]
        )
    return [
        f"{project.year}年度部门整体绩效自评表",
        f"项目：{project.name}",
        rows,
        *narrative(project),
        *signed(project),
    ]


def ningxia(project: Project, quirks: Quirks) -> Form:
    """10/25/30/35: execution is an ordinary indicator under 项目管理; 财政审核评分 beside 自评得分."""
    budget, both = project.budget, total(project)
    rows = [
        [C("项目名称", 2), C(project.name, 6)],
        [C("主管部门", 2), C(project.department or "", 2), C("项目单位"), C(project.unit, 3)],
        [C(f"项目资金（{budget.amount_unit}）", 2, 2), *map(C, ("年初预算数", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）")), C("", 2)],
        [*[C(amount(getattr(both, f) if both else None, project, quirks)) for f in ("original", "adjusted", "outturn")], C(budget.printed.execution_rate or ""), C("", 2)],
        *[[C(f"其中：{one.name}", 2), C(n(one.original)), C(n(one.adjusted)), C(n(one.outturn)), C(), C("", 2)] for one in budget.sources],
        *[[cell if i else C(cell.text, 2, cell.rows) for i, cell in enumerate(line)] if j == 0 else line for j, line in enumerate(goals(project, 7))],
    ]  # fmt: skip

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), *[C() for _ in range(5)]]
        return [
            C(one.name),
            C(n(one.points)),
            C(one.target or ""),
            C(one.actual or ""),
            C(one.printed.score or ""),
            C(),
        ]

    rows.append(
        [
            *map(
                C,
                (
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "分值",
                    "目标值",
                    "实际完成值",
                    "自评得分",
                    "财政审核评分",
                ),
            )
        ]
    )
    rows += grouped(project, quirks, row, lambda p, c: heading(p, c, "{}（{}分）"))
    if budget.printed.score:
        rows.append(
            [
                C("项目管理"),
                C("资金管理"),
                C("预算执行率"),
                C(n(execution_points(project))),
                C("100%"),
                C(budget.printed.execution_rate or ""),
                C(budget.printed.score),
                C(),
            ]
        )
    rows.append([C("总分", 3), C("100"), C("", 2), C(project.printed.total or ""), C()])
    return [f"{project.year}年度项目支出绩效自评表", rows, *narrative(project), *signed(project)]


def jiangxi(project: Project, quirks: Quirks) -> Form:
    """The form of 2017 with a rule for every indicator, below the head of the money."""
    budget, both = project.budget, total(project)
    heads = [
        C("", 2),
        *map(C, ("全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分")),
        C("得分计算方法"),
    ]

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        shown = [
            amount(getattr(amounts, f) if amounts else None, project, quirks) for f in ("adjusted", "outturn")
        ]
        return [C(label, 2), C(shown[0]), C(shown[1]), *map(C, end)]

    body = [
        money(
            "年度资金总额",
            both,
            n(execution_points(project)),
            budget.printed.execution_rate or "",
            budget.printed.score or "",
            "执行率×分值，最高不超过分值上限",
        )
    ]
    body += [money(f"其中：{one.name}", one, "-", "", "-", "") for one in budget.sources]
    rows = [
        [C("项目名称"), C(project.name, 8)],
        [C("主管部门"), C(project.department or "", 3), C("实施单位"), C(project.unit, 4)],
        [C(f"项目资金\n（{budget.amount_unit}）", 1, len(body) + 1), *heads],
        *body,
        *goals(project, 9, ("年初设定目标", "全年实际完成情况")),
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), *[C() for _ in range(5)]]
        rule = one.rule or "完成值达到指标值，记满分；未达到，按B/A×分值记分"
        return [
            C(one.name),
            C(one.target or ""),
            C(one.actual or ""),
            C(n(one.points)),
            C(one.printed.score or ""),
            C(rule),
        ]

    names = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值（A）",
        "全年实际值（B）",
        "分值",
        "得分",
        "得分计算方法",
    )
    rows += indicator_rows([*map(C, names)], grouped(project, quirks, row), quirks)
    rows.append([C("总分", 6), C("100"), C(project.printed.total or ""), C(grade(project))])
    return [f"项目支出绩效自评表（{project.year}年度）", rows, *narrative(project), *signed(project)]

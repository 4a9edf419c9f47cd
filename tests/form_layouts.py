"""项目支出绩效自评表 as the ministry, Anhui, Yunnan and Sichuan print it, made from the facts of a project."""

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
    splits,
    top,
    total,
)
from wenxiao.model import Amounts, Indicator, Project
from wenxiao.words import CATEGORIES


def ministry(project: Project, quirks: Quirks) -> Form:
    """The national 项目支出绩效自评表 (附件1), as Anhui and many others print it."""
    budget = project.budget
    rows = top(project, 1, 11)

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        values = [getattr(amounts, f) if amounts else None for f in ("original", "adjusted", "outturn")]
        shown = [amount(v, project, quirks) for v in values]
        return [C(label, 2), C(shown[0], 2), C(shown[1]), C(shown[2], 2), *map(C, end)]

    rate, score = budget.printed.execution_rate or "", budget.printed.score or ""
    body = [money("年度资金总额", total(project), n(execution_points(project)), rate, score)]
    for i, one in enumerate(budget.sources):
        body.append(money(("其中：" if i == 0 else "") + one.name, one, "—", "", "—"))
    if quirks.dots and not any(one.name == "其他资金" for one in budget.sources):
        body.append([C("其他资金", 2), C("", 2), C(), C("", 2), C("—"), C(), C("—")])
    heads = [C("", 2), C("年初预算数", 2), C("全年预算数\n（A）"), C("全年执行数\n（B）", 2)]
    heads += [C("分值"), C("执行率\n（B/A）"), C("得分")]
    rows += [[C(f"项目资金\n（{budget.amount_unit}）", 1, len(body) + 1), *heads], *body]
    rows += goals(project, 11)

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……", 2), C(), C(), C(), C(), C("", 2)]
        return [
            C(one.name, 2), C(one.target or ""), C(one.actual or ""), C(n(one.points)),
            C(one.printed.score or ""), C(reason(one), 2),
        ]  # fmt: skip

    heads = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度\n指标值",
        "实际\n完成值",
        "分值",
        "得分",
        "偏差原因分析及\n改进措施",
    ]
    if quirks.prompts:
        heads[3] += "\n（填写年初批复值）"
    rows += indicator_rows(
        [C(h, 2 if i in (2, 7) else 1) for i, h in enumerate(heads)], grouped(project, quirks, row), quirks
    )
    rows.append([C("总分", 7), C("100"), C(project.printed.total or ""), C(grade(project), 2)])
    return [
        "项目支出绩效自评表", f"（{project.year}年度）", rows, *splits(project), *narrative(project), *signed(project),
    ]  # fmt: skip


def anhui(project: Project, quirks: Quirks) -> Form:
    """绩效目标自评表 as counties of Anhui print it: no 年初预算数, ★ in names, 分值 and 得分 repeated in the 其中 rows."""
    budget = project.budget
    points, rate = n(execution_points(project)), budget.printed.execution_rate or ""
    score = budget.printed.score or ""

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        shown = [
            amount(getattr(amounts, f) if amounts else None, project, quirks) for f in ("adjusted", "outturn")
        ]
        return [C(label, 2), C(shown[0], 2), C(shown[1], 2), *[C(one) for one in end]]

    body = [money("年度资金总额", total(project), points, rate, score)]
    for i, one in enumerate(budget.sources):
        body.append(money(("其中：" if i == 0 else "") + one.name, one, points, rate, score))
    body.append([C("其他资金", 2), C("-", 2), C("-", 2), C(), C(), C()])
    heads = [
        C("", 2),
        C("全年预算数（A）", 2),
        C("全年执行数（B）", 2),
        C("分值"),
        C("执行率（B/A）"),
        C("得分"),
    ]
    rows = top(project, 2, 10)
    rows += [[C(f"资金投入\n（{budget.amount_unit}）", 1, len(body) + 1), *heads], *body]
    rows += goals(project, 10, ("年初设定目标", "年度总体目标完成情况综述"))

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), C(), C(), C(), C(), C("", 2)]
        return [
            C(one.name),
            C(one.target or ""),
            C(one.actual or ""),
            C(n(one.points)),
            C(one.printed.score or ""),
            C(reason(one), 2),
        ]

    heads = [
        *map(C, ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")),
        C("未完成原因和改进措施", 2),
    ]
    rows += indicator_rows(
        heads,
        grouped(project, quirks, row, lambda p, c: heading(p, c, "{}\n（{}分）")),
        quirks,
        "年度绩效指标",
    )
    rows.append([C("总分", 6), C("100"), C(project.printed.total or ""), C(grade(project), 2)])
    return [
        "绩效目标自评表",
        f"（{project.year}年度）",
        rows,
        *splits(project),
        *narrative(project),
        *signed(project),
    ]


def yunnan(project: Project, quirks: Quirks) -> Form:
    """公开14表: 年度指标值 in three columns, money in the project's unit, the grade in a cell of its own."""
    budget = project.budget
    unit = budget.amount_unit

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        values = [getattr(amounts, f) if amounts else None for f in ("original", "adjusted", "outturn")]
        shown = [amount(v, project, quirks) for v in values]
        return [C(label, 2), *[C(one) for one in shown], *[C(one) for one in end[:-1]], C(end[-1]), C()]

    body = [
        money(
            "年度资金总额",
            total(project),
            n(execution_points(project)),
            budget.printed.execution_rate or "",
            budget.printed.score or "",
        )
    ]
    body += [
        money(("其中：" if i == 0 else "") + one.name, one, "—", "", "—")
        for i, one in enumerate(budget.sources)
    ]
    body += [
        [C(label, 2), C(), C(), C(), C("—"), C(), C("—"), C()]
        for label in ("上年结转资金", "非财政拨款", "其他资金")
        if label not in {s.name for s in budget.sources}
    ]
    heads = [C("", 2), *map(C, ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")), C()]
    rows = [
        [C("项目名称", 2), C(project.name, 8)],
        [C("主管部门", 2), C(project.department or "", 4), C("实施单位"), C(project.unit, 3)],
        [C(f"项目资金\n（{unit}）", 1, len(body) + 1), *heads],
        *body,
        *goals(project, 10),
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), *[C() for _ in range(7)]]
        sign, value, unit = split(one.target)
        cells = [
            C(one.name),
            C(sign),
            C(value),
            C(unit),
            C(one.actual or ""),
            C(n(one.points)),
            C(one.printed.score or ""),
        ]
        return [*cells, C(reason(one))]

    body = grouped(project, quirks, row, lambda p, c: CATEGORIES[c])
    rows += [
        [
            C("绩效指标", 3),
            C("年度指标值", 3),
            C("实际完成值", 1, 2),
            C("分值", 1, 2),
            C("得分", 1, 2),
            C("偏差原因分析及改进措施", 1, 2),
        ],
        [*map(C, ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"))],
        *body,
        [C("其他需要说明事项", 2), C(project.narrative.other or "无", 8)],
        [C("总分", 2), C("", 5), C("100"), C(project.printed.total or ""), C(grade(project))],
    ]
    notes = (
        [
            "备注：1.其他资金：请在“其他需要说明事项”栏注明资金来源。",
            "2.实际完成值为定性指标的，填写“达成预期指标”等。",
        ]
        if quirks.prompts
        else []
    )
    return [
        "公开14表",
        f"{project.year}年度项目支出绩效自评表",
        f"单位：{unit}",
        rows,
        *notes,
        *splits(project),
        *signed(project),
    ]


def sichuan(project: Project, quirks: Quirks) -> Form:
    """绩效目标自评表 for 衔接资金: 分值 before the two values, groups with points, notes on the scoring."""
    budget, both = project.budget, total(project)
    printed = project.printed.points
    rows = [
        [C("项目名称", 2), C(project.name, 7)],
        [C("主管部门", 2), C(project.department or "", 3), C("实施单位"), C(project.unit, 3)],
        [
            C(f"资金情况\n（{budget.amount_unit}）", 2, 3 + len(budget.sources)),
            *map(C, ("", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）")), C("得分", 2),
        ],
    ]  # fmt: skip

    def money(label: str, amounts: Amounts | None, *end: str) -> list[C]:
        shown = [
            amount(getattr(amounts, f) if amounts else None, project, quirks) for f in ("adjusted", "outturn")
        ]
        return [C(label), *map(C, (*shown, end[0], end[1])), C(end[2], 2)]

    rows.append(
        money(
            "年度资金总额",
            both,
            n(execution_points(project)),
            budget.printed.execution_rate or "",
            budget.printed.score or "",
        )
    )
    rows += [
        money(("其中：" if i == 0 else "") + one.name, one, "", "", "")
        for i, one in enumerate(budget.sources)
    ]
    rows.append(money("其他资金", None, "/", "/", "/"))
    rows += goals(project, 9, ("年初设定目标", "全年实际完成情况"), "总体目标")

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), C(), C(), C(), C(), C()]
        return [
            C(one.name),
            C(n(one.points)),
            C(one.target or ""),
            C(one.actual or ""),
            C(one.printed.score or ""),
            C(reason(one)),
        ]

    def title(_: Project, category: str) -> str:
        worth = getattr(printed, category)
        return CATEGORIES[category] + ("" if worth is None else f"（{n(worth)}分）")

    heads = [
        *map(
            C,
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "分值",
                "指标值",
                "全年实际完成值",
                "得分",
                "未完成原因及拟采取的改进措施",
            ),
        )
    ]
    rows += indicator_rows(heads, grouped(project, quirks, row, title), quirks)
    rows.append([C("总分", 4), C("100"), C("", 2), C(project.printed.total or ""), C(grade(project))])
    notes = [
        "注：1.一级指标分值统一设置为：产出指标50分、效益指标30分、满意度指标10分、预算资金执行率10分。得分最高不能超过该指标分值上限。",
        "2.定性指标根据指标完成情况分为达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档，分别按照该指标对应分值区间100-80%（含80%）、80-60%（含60%）、60-0%合理确定得分。",
    ]  # fmt: skip
    return [
        "绩效目标自评表",
        f"（{project.year}年度）",
        rows,
        *notes,
        *splits(project),
        *narrative(project),
        *signed(project),
    ]

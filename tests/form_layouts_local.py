"""Forms of other places: Hubei 20+80, Fujian and Hunan for whole units, Beijing with a rule beside every figure."""

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
    total,
)
from wenxiao.model import Amounts, Indicator, Project
from wenxiao.words import CATEGORIES


def hubei(project: Project, quirks: Quirks) -> Form:
    """20+80: the execution rate with its own points, then the year's goals, which share the rest."""
    budget, both = project.budget, total(project)
    points, printed = n(execution_points(project)), project.printed.points
    rows = [
        [C("项目名称"), C(project.name, 7)],
        [C("主管部门"), C(project.department or "", 3), C("项目实施单位"), C(project.unit, 3)],
        [C("项目类别"), C("1、部门预算项目 ☑  2、市直专项 □  3、市对下转移支付项目 □", 7)],
        [C(f"预算执行情况\n（{budget.amount_unit}）\n（{points}分）", 1, 2), C("", 2), C("预算数（A）"), C("执行数（B）"), C("执行率（B/A）"), C(f"得分\n（{points}分*执行率）", 2)],
        [
            C("年度财政资金总额", 2), C(amount(both.adjusted if both else None, project, quirks)), C(amount(both.outturn if both else None, project, quirks)),
            C(budget.printed.execution_rate or ""), C(budget.printed.score or "", 2),
        ],
    ]  # fmt: skip
    with_points = any(one.points is not None for one in project.indicators)
    for number in sorted({one.goal or 1 for one in project.indicators}):
        members = [one for one in project.indicators if (one.goal or 1) == number]
        goal = project.objectives[number - 1] if len(project.objectives) >= number else None
        worth = n(goal.points) if goal and goal.points is not None else "80"
        label = f"年度绩效目标{number if len(project.objectives) > 1 else ''}\n（{worth}分）"
        part = project.model_copy(update={"indicators": tuple(members)})

        def row(one: Indicator | None) -> list[C]:
            if one is None:
                return [C("……"), C(), C(), C(), C()]
            return [
                C(one.name),
                C(one.target or ""),
                C(one.actual or ""),
                C(n(one.points)),
                C(one.printed.score or ""),
            ]

        def title(_: Project, category: str) -> str:
            worth = getattr(printed, category)
            return CATEGORIES[category] + ("" if worth is None else f"\n（{n(worth)}分）")

        heads = [
            *map(C, ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）")),
            C("分值" if with_points else ""),
            C("得分"),
        ]
        if goal and (goal.planned or goal.actual):
            rows.append([C("年度目标"), C(goal.planned or "", 4), C(goal.actual or "", 3)])
        rows += indicator_rows(heads, grouped(part, quirks, row, title), quirks, label)
    rows += [
        [C("总分"), C("", 5), C("100" if with_points else ""), C(project.printed.total or "")],
        [
            C("偏差大或\n目标未完成\n原因分析"),
            C("；".join(filter(None, map(reason, project.indicators))) or "无", 7),
        ],
        [C("改进措施及\n结果应用方案"), C("无", 7)],
    ]
    notes = [
        "备注：", "1.预算执行情况口径：预算数为调整后财政资金总额（包括上年结余结转），执行数为资金使用单位财政资金实际支出数。",
        "2.定量指标完成数汇总原则：绝对值直接累加计算，相对值按照资金额度加权平均计算。定量指标计分原则：正向指标（即目标值为≥X,得分=权重*B/A），得分不得突破权重总额。",
    ]  # fmt: skip
    return [
        f"{project.year}年度{project.name}项目自评表",
        f"单位名称：{project.unit}    填报日期：",
        rows,
        *notes,
        *narrative(project),
        *signed(project),
    ]


def fujian(project: Project, quirks: Quirks) -> Form:
    """部门整体: seven columns of money with their formulas, 评分标准 for every indicator."""
    budget = project.budget

    def money(label: str, amounts: Amounts | None, rate: str = "") -> list[C]:
        if amounts is None:
            return [C(label, 2), *[C()] * 7]
        first = amounts.original
        change = None if first is None else amounts.adjusted - first
        rest = amounts.adjusted - amounts.outturn
        return [
            C(label, 2),
            *map(C, (n(first), n(change), n(amounts.adjusted), n(amounts.outturn), rate, n(rest), "")),
        ]

    heads = (
        "年初部门预算安排金额(含历年结余结转)①", "年中调整金额②", "小计③=①+②", "年度拨付金额④", "支出实现率(%)⑤=④/③",
        "本年度结余金额⑥=③-④", "资金结余率(%)⑦=⑥/③",
    )  # fmt: skip
    body = [money(one.name, one) for one in budget.sources]
    body.append(money("合计", total(project), budget.printed.execution_rate or ""))
    rows = [
        [C("部门名称", 2), C(project.unit, 8)],
        [C(f"年度预算资金（{budget.amount_unit}）", 1, len(body) + 1), C("资金来源", 2), *map(C, heads)],
        *body,
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……", 2), C(), C(), C(), C(), C("", 2)]
        return [
            C(one.name, 2),
            C(n(one.points)),
            C(one.rule or ""),
            C(one.target or ""),
            C(one.actual or ""),
            C(one.printed.score or ""),
            C(reason(one)),
        ]

    heads2 = [
        C("一级目标"),
        C("二级目标"),
        C("三级目标", 2),
        *map(C, ("分值", "评分标准", "目标值", "完成值", "自评得分", "未完成原因")),
    ]
    mapped = {"output": "产出目标", "outcome": "效益目标"}
    tidy = Quirks(prompts=quirks.prompts, repeated=quirks.repeated, dots=False)
    rows += [heads2, *grouped(project, tidy, row, lambda p, c: mapped.get(c, CATEGORIES[c]))]
    if project.printed.total:
        rows.append([C("合计", 4), C("100"), C("", 3), C(project.printed.total), C(grade(project))])
    return [
        f"{project.unit}{project.year}年部门整体支出绩效自评表",
        f"项目名称：{project.name}",
        f"单位：{budget.amount_unit}",
        rows,
        *narrative(project),
        *signed(project),
    ]


def beijing(project: Project, quirks: Quirks) -> Form:
    """The form of 2016 with 得分计算方法, 年初预算数 only, and a rule beside every figure."""
    budget, both = project.budget, total(project)
    rows = [
        [C("项目名称"), C(project.name, 8)],
        [C("主管部门及代码"), C(project.department or "", 3), C("实施单位"), C(project.unit, 4)],
        [
            C(f"项目资金\n（{budget.amount_unit}）", 1, 2 + len(budget.sources)), C("", 2), C("年初预算数"), C("全年执行数"),
            C("分值"), C("执行率"), C("得分"), C("得分计算方法"),
        ],
        [
            C("年度资金总额：", 2), C(amount(both.original if both else None, project, quirks)), C(amount(both.outturn if both else None, project, quirks)),
            C(n(execution_points(project))), C(budget.printed.execution_rate or ""), C(budget.printed.score or ""),
            C("执行率*该指标分值，最高不得超过分值上限。"),
        ],
        *[[C(one.name, 2), C(n(one.original)), C(n(one.outturn)), C(), C(), C(), C()] for one in budget.sources],
        *goals(project, 9, ("年初设定目标", "年度目标完成情况")),
    ]  # fmt: skip

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), C(), C(), C(), C(), C()]
        rule = one.rule or "完成值达到指标值，记满分；未达到指标值，按B/A或A/B*该指标分值记分。"
        return [
            C(one.name),
            C(n(one.points)),
            C(one.target or ""),
            C(one.actual or ""),
            C(one.printed.score or ""),
            C(rule),
        ]

    heads = [
        *map(
            C,
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "分值",
                "年度指标值(A)",
                "全年实际值(B)",
                "得分",
                "得分计算方法",
            ),
        )
    ]
    rows += indicator_rows(heads, grouped(project, quirks, row), quirks)
    rows.append([C("总分", 4), C("100"), C("", 2), C(project.printed.total or ""), C()])
    return [f"项目支出绩效自评表（{project.year}年度）", rows, *narrative(project), *signed(project)]


def hunan_department(project: Project, quirks: Quirks) -> Form:
    """部门整体: the amount divided by revenue and by expenditure beside each other."""
    budget, both = project.budget, total(project)
    left, right = [*budget.splits, None, None][:2]
    count = max(len(one.parts) if one else 0 for one in (left, right)) + 1
    unit = budget.amount_unit

    def part(split, at: int) -> C:
        if split is None:
            return C("", 4)
        if at == 0:
            return C(f"{split.name}：", 4)
        if at <= len(split.parts):
            return C(
                f"{'其中：' if at == 1 else ''}{split.parts[at - 1].name}：{n(split.parts[at - 1].amount)}{unit}",
                4,
            )
        return C("", 4)

    values = [
        f"{n(getattr(both, f))}{unit}" if both and getattr(both, f) is not None else ""
        for f in ("original", "adjusted", "outturn")
    ]
    rows = [
        [C("一级预算单位名称"), C(project.unit, 8)],
        [
            C(f"年度预算申请（{unit}）", 1, 2 + count),
            C("", 2),
            *map(C, ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")),
        ],
        [
            C("年度资金总额", 2),
            *map(
                C,
                (
                    *values,
                    n(execution_points(project)),
                    budget.printed.execution_rate or "",
                    budget.printed.score or "",
                ),
            ),
        ],
        *[[part(left, at), part(right, at)] for at in range(count)],
        *goals(project, 9),
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), C(), C(), C(), C(), C()]
        return [
            C(one.name),
            C(one.target or ""),
            C(one.actual or ""),
            C(n(one.points)),
            C(one.printed.score or ""),
            C(reason(one)),
        ]

    heads = [
        *map(
            C,
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ),
        )
    ]
    rows += indicator_rows(
        heads, grouped(project, quirks, row, lambda p, c: heading(p, c, "{}\n({}分)")), quirks
    )
    rows.append([C("总分", 6), C("100"), C(project.printed.total or ""), C(grade(project))])
    return [f"{project.year}年{project.name}绩效自评表", rows, *narrative(project), *signed(project)]

"""Forms without points, and reports: transfers of the centre, and the Hunan report with two tables."""

from form_files import C, Form
from form_parts import (
    Quirks,
    amount,
    goals,
    grade,
    grouped,
    indicator_rows,
    n,
    narrative,
    signed,
    total,
)
from wenxiao.model import Amounts, Indicator, Project


def transfer(project: Project, quirks: Quirks) -> Form:
    """中央对地方转移支付 区域（项目）绩效目标自评表: no points and no scores; the text tells what arrived."""
    budget, both = project.budget, total(project)

    def money(label: str, amounts: Amounts | None, rate: str = "") -> list[C]:
        shown = [
            amount(getattr(amounts, f) if amounts else None, project, quirks) for f in ("adjusted", "outturn")
        ]
        return [C(label, 2), C(shown[0]), C(shown[1]), C(rate)]

    rows = [
        [C("转移支付（项目）名称"), C(project.name, 5)],
        [C("主管部门"), C(project.department or "", 2), C("资金使用单位"), C(project.unit, 2)],
        [
            C(f"项目资金\n（{budget.amount_unit}）", 1, 2 + len(budget.sources)),
            C("", 2),
            *map(C, ("全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）")),
        ],
        money("年度资金总额", both, budget.printed.execution_rate or ""),
        *[money(("其中：" if i == 0 else "") + one.name, one) for i, one in enumerate(budget.sources)],
        *goals(project, 6, ("总体目标", "全年实际完成情况"), "总体目标完成情况"),
    ]

    def row(one: Indicator | None) -> list[C]:
        if one is None:
            return [C("……"), C(), C()]
        return [C(one.name), C(one.target or ""), C(one.actual or "")]

    heads = [*map(C, ("一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值"))]
    rows += indicator_rows(heads, grouped(project, quirks, row), quirks)
    told: Form = []
    if budget.received is not None:
        told = [
            "二、绩效目标完成情况分析",
            f"（一）资金到位情况。到位资金{n(budget.received)}{budget.amount_unit}。",
        ]
    return [
        f"{project.year}年度中央对地方转移支付区域（项目）绩效目标自评表",
        rows,
        *told,
        *narrative(project),
        *signed(project),
    ]


def hunan_report(project: Project, quirks: Quirks) -> Form:
    """项目支出绩效自评报告: the outline of 附件3 with figures in running text, the target table and the result table."""
    budget, both, facts = project.budget, total(project), project.narrative
    unit = budget.amount_unit
    told: Form = [f"{project.year}年度{project.unit}{project.name}项目支出绩效自评报告", "", "一、基本情况"]
    told.append(
        "（一）项目概况。"
        + ("包括项目背景、主要内容及实施情况、资金投入和使用情况等。" if quirks.prompts else "")
    )
    told += (facts.overview or "").split("\n")
    if both:
        first = both.adjusted if both.original is None else both.original
        told.append(f"项目共计预算{n(first)}{unit}，实际支出{n(both.outturn)}{unit}。")
    if done := project.project.completed:
        told.append(f"该项目于{done.year}年{done.month}月{done.day}日竣工验收，投入使用。")
    told.append("（二）项目绩效目标。" + ("包括总体目标和阶段性目标。" if quirks.prompts else ""))
    told += [f"总体目标：{goal.planned}" for goal in project.objectives if goal.planned]
    told += ["二、绩效评价工作开展情况", "（一）绩效评价目的、对象和范围。", "对项目支出情况开展绩效评价。"]
    told.append("（二）绩效评价原则、评价指标体系（附表说明）、评价方法、评价标准等。")
    told.append("科学公正、统筹兼顾、激励约束、公开透明。")

    def planned(one: Indicator | None) -> list[C]:
        return [C("……"), C()] if one is None else [C(one.planned_as or one.name), C(one.target or "")]

    def result(one: Indicator | None) -> list[C]:
        return [C("……"), C(), C()] if one is None else [C(one.name), C(one.target or ""), C(one.actual or "")]

    tidy = Quirks(dots=False, repeated=quirks.repeated)
    heads = [*map(C, ("一级\n指标", "二级指标", "三级指标", "指标值"))]
    told.append(indicator_rows(heads, grouped(project, tidy, planned), tidy, "绩效\n指标"))
    told += ["（三）绩效评价工作过程。", *(facts.organisation or "").split("\n")]
    told.append("三、综合评价情况及评价结论（附相关评分表）")
    end = f"自评分数为{project.printed.total}分" if project.printed.total else ""
    end += f"，评价结果为{grade(project)}" if grade(project) else ""
    told.append(f"根据绩效目标表相关指标，逐一对应指标值数进行综合评价。{end}{'。' if end else ''}")
    told.append(indicator_rows([*heads, C("自评结果")], grouped(project, tidy, result), tidy, "绩效\n指标"))
    told += ["四、绩效评价指标分析", "（一）预算执行情况"]
    if both:
        rate = f"，执行率为{budget.printed.execution_rate}" if budget.printed.execution_rate else ""
        told.append(f"支出决算数为{n(both.outturn)}{unit}{rate}。")
    for numeral, label, text in zip(
        "五六七八",
        ("主要经验及做法", "存在的问题及原因分析", "有关建议", "其他需要说明的问题"),
        (facts.experience, facts.problems, facts.suggestions, facts.other),
        strict=True,
    ):
        if text:
            told += [f"{numeral}、{label}", *text.split("\n")]
    return [*told, *(signed(project) or ["项目单位（签）", "年   月  日"])]

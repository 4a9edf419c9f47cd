"""Evaluation → the sentences of the report. What the facts carry is written here; for the rest a person must speak."""

from collections.abc import Iterable

from wenxiao.document import Block, Details, Heading, Listing, Notice, Paragraph, Run, from_markdown, text
from wenxiao.evaluation import Evaluation, Finding
from wenxiao.explaining import HEADINGS, explained
from wenxiao.money import grouped, percent, show
from wenxiao.words import CATEGORIES, GRADES, NARRATIVE

SEVERITY = {"error": "错误", "warning": "警告", "note": "提示"}


def paragraph(content: str) -> Paragraph:
    """Give a paragraph of plain text."""
    return Paragraph(text(content))


def _spoken(evaluation: Evaluation, section: str) -> tuple[Block, ...]:
    """Give what the unit wrote for a section (Markdown; headings in it become bold lines)."""
    words: str | None = getattr(evaluation.project.narrative, section)
    if words is None:
        return (paragraph(f"{NARRATIVE[section]}：项目单位没有填写。"),)
    return tuple(
        Paragraph(tuple(Run(r.text, bold=True) for r in b.runs)) if isinstance(b, Heading) else b
        for b in from_markdown(words)
    )


def rate_text(evaluation: Evaluation) -> str:
    """Give the execution rate as shown, or 无法计算."""
    rate = evaluation.budget.total.rate
    return "无法计算" if rate is None else percent(rate, evaluation.rules.rate_places)


def conclusion_text(evaluation: Evaluation) -> str:
    """Give total and grade in words, or why there are none."""
    if evaluation.total is None:
        return evaluation.reason
    grade = f"，等级为“{GRADES[evaluation.grade]}”" if evaluation.grade else ""
    return f"按评分规则 {evaluation.rules.id} 计算，总分 {evaluation.total:.{evaluation.rules.score_places}f} 分{grade}。"


def _count(findings: Iterable[Finding]) -> str:
    open_ = [f.severity for f in findings if f.acknowledged is None]
    parts = [f"{name} {open_.count(severity)} 项" for severity, name in SEVERITY.items() if severity in open_]
    return "、".join(parts) or "没有发现问题"


def summary(evaluation: Evaluation) -> tuple[Block, ...]:
    """Give the first thing a reader sees: how much, did it work, what is doubtful."""
    budget, unit = evaluation.budget.total, evaluation.project.budget.amount_unit
    met = [r.met for r in evaluation.indicators if r.met is not None]
    lines = [
        f"实施单位：{evaluation.project.unit}。评价年度：{evaluation.project.year}年。",
        f"全年预算数 {grouped(budget.adjusted)} {unit}，全年执行数 {grouped(budget.outturn)} {unit}，执行率 {rate_text(evaluation)}。",
        f"绩效指标 {len(evaluation.indicators)} 项，其中可以比较的定量指标 {len(met)} 项，达到指标值的 {met.count(True)} 项。",
        conclusion_text(evaluation),
        f"核对结果：{_count(evaluation.findings)}。" + ("详见第五部分。" if evaluation.findings else ""),
    ]
    boxes: list[Block] = []
    if evaluation.project.overrides:
        changed = "；".join(f"{where} 改为 {value}" for where, value in evaluation.project.overrides)
        boxes.append(
            Notice(
                "warning", "试算报告，不得公开", (paragraph(f"以下数据不是项目文件中的数据：{changed}。"),)
            )
        )
    if evaluation.project.is_excerpt:
        words = "项目文件只摘录了原表的一部分，本报告只就摘录的内容作出核对。"
        boxes.append(Notice("note", "摘录", (paragraph(words),)))
    return (*boxes, Notice("note", "摘要", tuple(map(paragraph, lines))))


def overview(evaluation: Evaluation) -> tuple[Block, ...]:
    """（一）项目概况, closing with the money in figures."""
    about, budget = evaluation.project.project, evaluation.budget.total
    unit = evaluation.project.budget.amount_unit
    dates = [
        f"开始于 {about.started}" if about.started else "",
        f"完成于 {about.completed}" if about.completed else "",
    ]
    when = "，".join(d for d in dates if d)
    money = f"全年预算数 {grouped(budget.adjusted)} {unit}，全年执行数 {grouped(budget.outturn)} {unit}。"
    return (*_spoken(evaluation, "overview"), paragraph((f"项目{when}。" if when else "") + money))


def objectives(evaluation: Evaluation) -> tuple[Block, ...]:
    """（二）项目绩效目标."""
    goals = evaluation.project.objectives
    if not goals:
        return (paragraph("项目文件没有写年度总体目标。"),)
    return tuple(
        block
        for goal in goals
        for block in (
            Paragraph((Run("预期目标", bold=True), Run(f"：{goal.planned or '未写明'}"))),
            Paragraph((Run("实际完成情况", bold=True), Run(f"：{goal.actual or '未写明'}"))),
        )
    )


def organisation(evaluation: Evaluation) -> tuple[Block, ...]:
    """二、绩效评价工作开展情况: rule set and method, then the process in the unit's words."""
    rules = evaluation.rules
    verified = "" if rules.verified else "规则中有尚待与原文核对的内容，见文末。"
    method = (
        f"本报告按评分规则“{rules.name}”计算和核对：先算预算执行率，再逐项比较指标值与实际完成值。{verified}"
    )
    return (paragraph(method), *_spoken(evaluation, "organisation"))


def conclusion(evaluation: Evaluation) -> tuple[Block, ...]:
    """三、综合评价情况及评价结论."""
    printed = evaluation.project.printed
    claims = [
        f"总分 {printed.total}" if printed.total else "",
        f"等级“{printed.grade}”" if printed.grade else "",
    ]
    said = "、".join(c for c in claims if c)
    blocks = [paragraph(conclusion_text(evaluation))]
    if said:
        blocks.append(paragraph(f"原文件写明的结果为{said}，核对情况见第五部分。"))
    return tuple(blocks)


def execution(evaluation: Evaluation) -> tuple[Block, ...]:
    """（一）预算执行情况 in one sentence, with the score and how it came to be."""
    score = evaluation.budget.score
    words = f"执行率为全年执行数除以全年预算数：{score.formula}。" if score.formula else ""
    if score.value is None:
        words += f"{score.reason}。"
    if evaluation.budget.received_rate is not None:
        words += f"资金到位率 {percent(evaluation.budget.received_rate)}。"
    return (paragraph(words),)


def indicators(evaluation: Evaluation) -> tuple[Block, ...]:
    """（二） and on: each category's indicators in one paragraph and a list."""
    blocks: list[Block] = []
    for category, label in CATEGORIES.items():
        results = [r for r in evaluation.indicators if r.indicator.category == category]
        if not results:
            continue
        met = sum(1 for r in results if r.met)
        unmet = sum(1 for r in results if r.met is False)
        other = len(results) - met - unmet
        words = f"{label} {len(results)} 项：达到指标值 {met} 项，未达到 {unmet} 项" + (
            f"，不能用数比较 {other} 项。" if other else "。"
        )
        blocks.append(paragraph(words))
        items = [
            (
                paragraph(
                    f"{r.indicator.name}：指标值“{r.indicator.target or '未写明'}”，实际“{r.indicator.actual or '未写明'}”，未达到。"
                ),
            )
            for r in results
            if r.met is False
        ]
        if items:
            blocks.append(Listing(False, tuple(items)))
    return tuple(blocks)


def experience(evaluation: Evaluation) -> tuple[Block, ...]:
    """五、主要经验及做法、存在的问题及原因分析, in the unit's words."""
    heads = [(section, NARRATIVE[section]) for section in ("experience", "problems")]
    return tuple(
        b
        for section, label in heads
        for b in (Paragraph((Run(label, bold=True),)), *_spoken(evaluation, section))
    )


def traces(evaluation: Evaluation) -> tuple[Block, ...]:
    """Give each number's way from inputs to rule, to be opened behind the table of scores."""
    return tuple(
        Details(
            f"{one.name}：{one.result}" + (" 分" if one.result != "—" else ""),
            tuple(
                Paragraph((Run(HEADINGS[key].zh, bold=True), Run(f"：{words}"))) for key, words in one.steps
            ),
        )
        for one in explained(evaluation)
    )


def suggestions(evaluation: Evaluation) -> tuple[Block, ...]:
    """六、有关建议."""
    return _spoken(evaluation, "suggestions")


def other(evaluation: Evaluation) -> tuple[Block, ...]:
    """七、其他需要说明的问题."""
    signed = evaluation.project.signed
    who = signed.unit or "未签署"
    when = f"{signed.date.year}年{signed.date.month}月{signed.date.day}日" if signed.date else "未注明日期"
    return (*_spoken(evaluation, "other"), paragraph(f"项目单位（签）：{who}；日期：{when}。"))


def findings(evaluation: Evaluation) -> tuple[Block, ...]:
    """Give every finding with its remedy, the gravest first."""
    if not evaluation.findings:
        return (Notice("note", "核对发现的问题", (paragraph("按本版检查目录逐项核对，没有发现问题。"),)),)
    return tuple(_finding(finding) for finding in evaluation.findings)


def _finding(finding: Finding) -> Notice:
    kind = finding.severity if finding.acknowledged is None else "note"
    blocks = [
        paragraph(finding.message),
        paragraph(f"怎样改：{finding.remedy}"),
        paragraph(f"依据：{finding.basis}。位置：{finding.where}。"),
    ]
    if finding.acknowledged is not None:
        blocks.append(paragraph(f"项目单位说明：{finding.acknowledged}"))
    state = "，已说明" if finding.acknowledged is not None else ""
    title = f"{finding.code} {SEVERITY[finding.severity]}{state}"
    return Notice(kind, title, tuple(blocks))


def provenance(evaluation: Evaluation, hashes: Iterable[tuple[str, str]]) -> tuple[Block, ...]:
    """Give the box that says how this report came to be: rubric and references, hashes, versions."""
    rules = evaluation.rules
    lines = [f"评分规则：{rules.id}，{rules.name}。"]
    lines += [
        f"规则来源：{r.title}{f'，{r.article}' if r.article else ''}。{r.note or ''}"
        for r in rules.references
    ]
    if rules.execution_points is not None:
        lines.append(
            f"预算执行率分值 {show(rules.execution_points)}；比率保留 {rules.rate_places} 位小数，得分由未舍入的比率计算，保留 {rules.score_places} 位小数，四舍五入。"
        )
    lines += [f"{name}：{value}" for name, value in hashes]
    evidence = [(e.title, e.sha256) for r in evaluation.indicators for e in r.indicator.evidence]
    lines += [f"佐证材料：{title}" + (f"，SHA-256 {digest}" if digest else "") for title, digest in evidence]
    return (Notice("provenance", "数据与规则", tuple(map(paragraph, lines))),)

"""The catalogue of findings: code → title, message, remedy and basis, in the words a clerk reads.

Severity stands with each finding, not here: the same code may be certain in one case and doubtful in another.
"""

from dataclasses import dataclass
from typing import Final

from wenxiao.evaluation import Finding, Severity
from wenxiao.words import Words

MEASURES = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
FORM = "项目支出绩效自评表"


@dataclass(frozen=True)
class Kind:
    """One code: its title, the message with ``{placeholders}``, the remedy, and the basis."""

    title: Words
    message: Words
    remedy: Words
    basis: str


KINDS: Final[dict[str, Kind]] = {
    "B101": Kind(
        Words("执行率与金额不符", "execution rate contradicts the amounts"),
        Words("原文件写{name} {printed}，按{part_label} {part} ÷ {whole_label} {whole} 应为 {computed}。", "The document prints {printed} for {name}; {part_en} {part} ÷ {whole_en} {whole} is {computed}."),
        Words("改为 {computed}；若{whole_label}确有调整，先改{whole_label}并附调整文件。", "Correct it to {computed}; if {whole_en} was changed, correct that first and attach the decision."),
        FORM + "表头：执行率（B/A），A 为全年预算数；评价指标体系框架中的执行率以实际到位资金为分母（尚待与原文核对）",
    ),
    "B102": Kind(
        Words("执行数超过全年预算数", "outturn above the adjusted budget"),
        Words("{name}：全年执行数 {outturn} 大于全年预算数 {adjusted}，超出 {over}。", "{name}: outturn {outturn} exceeds the adjusted budget {adjusted} by {over}."),
        Words("核对两列是否填反；确有追加的，把追加数计入全年预算数并附调整文件。", "Check for swapped columns; include additional appropriations in the adjusted budget and attach the decision."),
        "全年预算数为调整后的预算数，含上年结转",
    ),
    "B103": Kind(
        Words("资金总额不等于各项之和", "total is not the sum of its parts"),
        Words("{column}：{whole}写 {printed}，{parts}合计为 {computed}。", "{column_en}: {whole_en} says {printed}, {parts_en} add up to {computed}."),
        Words("核对各项与总额，使两者相等；本报告按各资金来源合计计算。", "Make the two agree; this report computes from the sum of the sources."),
        FORM + "“年度资金总额”与“其中”各行；部门整体支出表的两种分列",
    ),
    "B104": Kind(
        Words("执行率得分与规则不符", "execution score differs from the rule"),
        Words("原文件写执行率得分 {printed}，按规则应为 {computed}（{formula}）。{early}", "The document prints an execution score of {printed}; by the rubric it is {computed}. {early_en}"),
        Words("改为 {computed}，并相应改总分。", "Correct it to {computed}, and the total with it."),
        "得分＝分值×执行率，最高不超过分值；按未舍入的执行率计算",
    ),
    "B105": Kind(
        Words("执行率偏低，没有说明原因", "execution low, no reason given"),
        Words("执行率 {computed}，低于 {threshold}，没有写原因。", "Execution is {computed}, below {threshold}, and no reason is given."),
        Words("在 budget.deviation_cause 写明原因，在 budget.corrective_action 写明整改措施。", "Write budget.deviation_cause and budget.corrective_action."),
        "预算执行率偏低的项目要单独说明原因（界限由各地规定，见评分规则；尚待与原文核对）",
    ),
    "B106": Kind(
        Words("金额单位疑似写错", "amount unit looks mistaken"),
        Words("金额单位是元，而全年预算数只有 {adjusted} 元，疑似应为万元。", "The amount unit is 元, yet the whole budget is {adjusted} 元; 万元 is probably meant."),
        Words("核对账面金额；确为万元的，把 amount_unit 改为 万元。", "Check the books; if 万元 is meant, change amount_unit."),
        FORM + "“项目资金（万元）”",
    ),
    "B107": Kind(
        Words("资金只花了一部分，产出却全部完成", "outputs complete on a fraction of the money"),
        Words("执行率只有 {computed}，而可以比较的 {count} 项产出指标全部达到指标值。", "Execution is only {computed}, yet all {count} measurable outputs are met."),
        Words("核对是款项尚未支付、预算偏大还是指标值偏低，并在 budget.deviation_cause 说明。", "Find out whether payments are due, the budget was too large or the targets too low, and say so in budget.deviation_cause."),
        "产出与投入应当匹配；“节约”要有成本依据",
    ),
    "S201": Kind(
        Words("分值合计不对", "points do not add up"),
        Words("{group}分值合计 {computed} 分，应为 {expected} 分（{parts}）。", "{group_en}: the points add up to {computed} instead of {expected} ({parts})."),
        Words("调整各项分值，使合计为 {expected} 分；一级指标分值因特殊情况调整的，说明理由。", "Change the points so that they add up to {expected}, or explain the special case."),
        MEASURES + "：总分 100 分，一级指标权重如有特殊情况可做适当调整（尚待与原文核对）",
    ),
    "S202": Kind(
        Words("总分不等于各项得分之和", "total is not the sum of the scores"),
        Words("原文件写总分 {printed}，表上各项得分之和为 {computed}（{parts}）。", "The document prints a total of {printed}; its scores add up to {computed} ({parts})."),
        Words("逐项核对得分，总分按各项得分之和填写。", "Check each score; the total is their sum."),
        "总分为各项指标得分之和",
    ),
    "S203": Kind(
        Words("等级与总分不符或不是规定的等级", "grade does not follow from the total or is none of the scale"),
        Words("原文件写等级“{printed}”，{why}。", "The document prints the grade “{printed}”: {why_en}."),
        Words("等级只用 优、良、中、差：90（含）以上为优，80（含）–90 为良，60（含）–80 为中，60 以下为差。", "Use 优 (from 90), 良 (from 80), 中 (from 60) or 差."),
        MEASURES + "：优、良、中、差四档（界限尚待与原文核对）",
    ),
    "S204": Kind(
        Words("总分没有依据", "a total nothing supports"),
        Words("原文件写总分 {printed}，但表上{lack}，无从核对。", "The document prints a total of {printed}, but {lack_en}: nothing supports it."),
        Words("为每项指标写明分值和得分，再合计总分；表上不设分值的，不写总分。", "State points and score of every indicator, then the sum; a form without points has no total."),
        "总分为各项指标得分之和",
    ),
    "I301": Kind(
        Words("得分超过分值", "score above its points"),
        Words("“{name}”：得分 {printed} 超过分值 {points}。", "“{name}”: the score {printed} exceeds its {points} points."),
        Words("得分最高为 {points}。", "The score is at most {points}."),
        "得分最高不能超过该指标分值上限",
    ),
    "I302": Kind(
        Words("未完成指标却得满分", "full score, target not met"),
        Words("“{name}”：指标值 {target}，实际完成值 {actual}，未达到，原文件却记满分 {printed}；按规则应为 {computed}。", "“{name}”: target {target}, actual {actual}: not met, yet the full {printed} points are printed; the rubric gives {computed}."),
        Words("得分改为 {computed}，并写明偏差原因和改进措施。", "Correct the score to {computed}, and state cause and corrective action."),
        "未完成指标值的，按照完成值与指标值的比例记分",
    ),
    "I303": Kind(
        Words("扣分没有说明原因", "points lost with no reason given"),
        Words("“{name}”：分值 {points}，得分 {score}，扣了 {lost} 分，没有写偏差原因。", "“{name}”: {score} of {points} points, {lost} lost, and no reason is given."),
        Words("在 deviation_cause 写明原因，在 corrective_action 写明改进措施。", "Write deviation_cause and corrective_action."),
        FORM + "“偏差原因分析及改进措施”栏",
    ),
    "I304": Kind(
        Words("实际完成值照抄界限", "the actual repeats the bound"),
        Words("“{name}”：实际完成值写“{actual}”，{why}。", "“{name}”: the actual “{actual}” {why_en}."),
        Words("写实际测得的数（例如 96.5%），并附调查或统计材料。", "Write the measured value, and attach the survey or statistics."),
        FORM + "“实际完成值”栏",
    ),
    "I305": Kind(
        Words("完成值与指标值无法比较", "the actual can't be compared with its target"),
        Words("“{name}”：指标值 {target} 是定量的，实际完成值写“{actual}”，无法比较：{why}。", "“{name}”: the target {target} is a number or date, but the actual “{actual}” can't be compared with it."),
        Words("写完成的数或日期，单位与指标值相同。", "Write the number or date reached, in the unit of the target."),
        "定量指标按完成值与指标值比较",
    ),
    "I306": Kind(
        Words("没有可用的指标值", "no usable target"),
        Words("“{name}”：{why}。", "“{name}”: {why_en}."),
        Words("{how}", "{how_en}"),
        "绩效指标应有清晰、可衡量的指标值",
    ),
    "I307": Kind(
        Words("把花钱当作产出", "money paid in counted as an output"),
        Words("“{name}”列在{subcategory}，衡量的是资金的{what}，不是产出{twice}。", "“{name}” stands under {subcategory_en}, but measures the money itself, not what was delivered{twice_en}."),
        Words("换成用这笔钱做成的事（数量、质量、时间）；资金执行情况只在预算执行率里反映。", "Use what was delivered with the money (quantity, quality, time); spending shows in the execution rate alone."),
        "产出指标反映提供的产品和服务；预算执行率单独计分，不重复计算",
    ),
    "I308": Kind(
        Words("指标放错了类别", "indicator in the wrong category"),
        Words("“{name}”列在{label}，{why}。", "“{name}” stands under {label}: {why_en}."),
        Words("移到“{better}”，或改写名称，使之与类别一致。", "Move it to {better}, or reword the name."),
        FORM + "一级、二级指标的划分",
    ),
    "I309": Kind(
        Words("远超指标值，没有说明", "target far exceeded, no explanation"),
        Words("“{name}”：指标值 {target}，实际完成值 {actual}，是指标值的 {computed}，没有说明原因。", "“{name}”: target {target}, actual {actual}, {computed} of the target, without explanation."),
        Words("在 deviation_cause 说明原因；年初指标值偏低的，下年提高。得分不因此增加，也没有自动扣减。", "Explain it in deviation_cause; raise a target that was set too low. The score is neither raised nor cut for it."),
        "完成值高于指标值较多的要分析原因（国家文本没有规定数值，界限见评分规则；尚待与原文核对）",
    ),
    "I310": Kind(
        Words("定性结果没有档次和依据", "qualitative result without level or evidence"),
        Words("“{name}”：实际完成值写“{actual}”{repeats}，没有达成档次，也没有佐证材料。", "“{name}”: the actual is “{actual}”{repeats_en}; neither level nor evidence is given."),
        Words("写明 level（达成、部分达成、未达成）和 share（档内比例），并在 evidence 列出依据。", "Give level and share, and list what supports them under evidence."),
        "定性指标按达成档次确定得分，应有佐证",
    ),
    "I311": Kind(
        Words("一项指标占了大部分分值", "one indicator carries most of the points"),
        Words("“{name}”分值 {printed}，占指标分值 {whole} 的 {computed}。", "“{name}” carries {printed} of the indicators' {whole} points, {computed}."),
        Words("把分值分给几项能分别衡量的指标，或说明理由。", "Spread the points over several measurable indicators, or explain."),
        "分值权重应合理分配（界限见评分规则，国家文本没有规定数值）",
    ),
    "I312": Kind(
        Words("比率的指标值超过 100%", "a rate above 100 % as target"),
        Words("“{name}”：指标值“{printed}”{why}。", "“{name}”: the target “{printed}” {why_en}."),
        Words("对照原件核对；“≥90%”在扫描件里常被认成“290%”。", "Check against the original; scans often turn ≥90% into 290%."),
        "合格率、覆盖率、满意度等不会超过 100%",
    ),
    "I313": Kind(
        Words("指标在目标表与自评表中不一致", "indicator differs between target and result table"),
        Words("自评表的指标“{name}”在绩效目标表中是“{planned}”。", "The indicator “{name}” of the result table is “{planned}” in the target table."),
        Words("按批复的绩效目标表填写；指标确经调整的，附调整批复。", "Use the indicator approved with the budget, or attach the approval of the change."),
        MEASURES + "：自评指标为预算批复时确定的绩效指标（尚待与原文核对）",
    ),
    "I314": Kind(
        Words("得分与规则不符", "printed score differs from the rubric"),
        Words("“{name}”：原文件记 {printed} 分，按规则应为 {computed}（{formula}）。", "“{name}”: {printed} is printed; the rubric gives {computed}."),
        Words("改为 {computed}；有特殊评分标准的，写明标准。", "Correct it to {computed}, or state the special rule."),
        "完成指标值的记满分，未完成的按比例记分",
    ),
    "T401": Kind(
        Words("不存在的日期", "impossible date"),
        Words("“{printed}”：没有这个日期。", "“{printed}”: there is no such date."),
        Words("按原始凭证核对后改正。", "Correct it from the records."),
        "公历",
    ),
    "T402": Kind(
        Words("日期与评价年度矛盾", "dates contradict the year evaluated"),
        Words("{what}。", "{what_en}."),
        Words("核对评价年度和项目起止日期；跨年付款的，在项目概况里说明。", "Check the year and the dates; explain payments in a later year in the overview."),
        "自评对象为评价年度的项目支出",
    ),
    "T403": Kind(
        Words("模板的填写提示没有删除", "filling instructions of the template left in"),
        Words("文中留有{what}{shown}，是模板或排版软件留下的，不是本项目的内容。", "The text still holds {what_en} {shown}, left by the template or the word processor: it says nothing of this project."),
        Words("删去这些字，换成本项目的实际内容；没有内容的栏不写。", "Delete it and write what is true of this project, or leave the field out."),
        "《项目支出绩效评价报告（参考提纲）》标题后的“包括……”“（附表说明）”等为填写提示",
    ),
    "T404": Kind(
        Words("没有签署或没有日期", "unsigned or undated"),
        Words("{missing}没有填写，报告落款处印为“{shown}”。", "The file states no {missing_en}: the report prints “{shown}”."),
        Words("在 signed 里写明签署单位 unit 和日期 date（如 2022-04-20）。", "Write signed.unit and signed.date (such as 2022-04-20)."),
        "自评报告文末“项目单位（签）”和“年 月 日”栏",
    ),
    "T405": Kind(
        Words("经验、问题、建议都写“无”", "problems, experience and suggestions all “none”"),
        Words("主要经验及做法、存在的问题及原因分析、有关建议三处都写“无”一类的话（{parts}），等于没有作分析。", "Experience, problems and suggestions all say nothing but “none” ({parts}): nothing was analysed."),
        Words("写明做法、问题和原因、建议，哪怕只有一条；确实没有问题的，说明查过什么、依据是什么。", "State what was done, what went wrong and why, and what to change, be it one line; where nothing was found, say what was examined."),
        "《项目支出绩效评价报告（参考提纲）》“主要经验及做法、存在的问题及原因分析”“有关建议”",
    ),
    "D501": Kind(
        Words("含有个人信息", "personal data"),
        Words("这里写有{what}：{masked}{more}。{doubt}", "This field holds {what_en}: {masked}{more_en}. {doubt_en}"),
        Words("删去；确需说明的，写单位和职务，不写个人的号码。联系人写在 contact，不会进入报告；也可把要隐去的词写进 redact。", "Delete it; name the unit and the office instead of a person's number. A contact person belongs in contact, which no report prints; words to hide belong in redact."),
        "《个人信息保护法》第二十五条：不得公开其处理的个人信息，取得个人单独同意的除外",
    ),
    "D502": Kind(
        Words("不能公开或尚未审查", "not to be published, or not reviewed yet"),
        Words("{what}。", "{what_en}."),
        Words("{how}。", "{how_en}."),
        "《政府信息公开条例》第十四条、第十七条；《保守国家秘密法》（2024）第三十五条：对拟公开的信息进行保密审查",
    ),
    "P601": Kind(
        Words("所有项目都是满分", "everybody has full marks"),
        Words("{group}{year}年写明总分的 {count} 个项目都是满分 {printed}：{stems}{more}。", "All {count} projects of {group_en} that print a total for {year} print the full {printed}: {stems}{more_en}."),
        Words("逐个复核得分和佐证材料，重点看指标值是否定得太低、扣分是否如实。", "Re-check scores and evidence: look for targets set too low and for points that should have been lost."),
        MEASURES + "：自评结果应数据真实、结果客观（尚待与原文核对）",
    ),
    "P602": Kind(
        Words("与其他项目雷同", "copied from another project"),
        Words("{what}：{partners}{more}{passage}。", "{what_en}: {partners}{more_en}{passage_en}."),
        Words("按本项目的实际情况重写；内容确属共有的（同一批次、同一方案），在项目概况里说明。", "Rewrite it from this project's own facts; where the content is truly shared (one batch, one plan), say so in the overview."),
        MEASURES + "：自评结果应数据真实、结果客观（尚待与原文核对）",
    ),
}  # fmt: skip


def finding(
    code: str,
    severity: Severity,
    where: str,
    *,
    printed: str | None = None,
    computed: str | None = None,
    **values: object,
) -> Finding:
    """Make a finding from the catalogue; ``values`` fill the texts."""
    kind = KINDS[code]
    values = {"printed": printed, "computed": computed, **values}
    message, remedy = kind.message.filled(**values), kind.remedy.filled(**values)
    english = (message.en, remedy.en)
    return Finding(code, severity, where, message.zh, remedy.zh, kind.basis, printed, computed, english)

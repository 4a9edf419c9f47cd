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
        Words("原文件写执行率 {printed}，按全年执行数 {outturn} ÷ 全年预算数 {adjusted} 应为 {computed}。", "The document prints an execution rate of {printed}; outturn {outturn} ÷ adjusted budget {adjusted} is {computed}."),
        Words("改为 {computed}；若全年预算数确有调整，先改全年预算数并附调整文件。", "Correct it to {computed}; if the budget was adjusted, correct the adjusted budget and attach the decision."),
        FORM + "表头：执行率（B/A），A 为全年预算数",
    ),
    "B102": Kind(
        Words("执行数超过全年预算数", "outturn above the adjusted budget"),
        Words("{name}：全年执行数 {outturn} 大于全年预算数 {adjusted}，超出 {over}。", "{name}: outturn {outturn} exceeds the adjusted budget {adjusted} by {over}."),
        Words("核对两列是否填反；确有追加的，把追加数计入全年预算数并附调整文件。", "Check for swapped columns; include additional appropriations in the adjusted budget and attach the decision."),
        "全年预算数为调整后的预算数，含上年结转",
    ),
    "B103": Kind(
        Words("资金总额不等于各来源之和", "total is not the sum of its sources"),
        Words("{column}：年度资金总额写 {printed}，各资金来源合计为 {computed}。", "{column}: the total says {printed}, the sources add up to {computed}."),
        Words("核对各来源与总额，使两者相等；本报告按各来源合计计算。", "Make the two agree; this report computes from the sum of the sources."),
        FORM + "“年度资金总额”与“其中”各行",
    ),
    "B104": Kind(
        Words("执行率得分与规则不符", "execution score differs from the rule"),
        Words("原文件写执行率得分 {printed}，按规则应为 {computed}（{formula}）。{early}", "The document prints an execution score of {printed}; by the rubric it is {computed}. {early_en}"),
        Words("改为 {computed}，并相应改总分。", "Correct it to {computed}, and the total with it."),
        "得分＝分值×执行率，最高不超过分值；按未舍入的执行率计算",
    ),
    "B106": Kind(
        Words("金额单位疑似写错", "amount unit looks mistaken"),
        Words("金额单位是元，而全年预算数只有 {adjusted} 元，疑似应为万元。", "The amount unit is 元, yet the whole budget is {adjusted} 元; 万元 is probably meant."),
        Words("核对账面金额；确为万元的，把 amount_unit 改为 万元。", "Check the books; if 万元 is meant, change amount_unit."),
        FORM + "“项目资金（万元）”",
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
        Words("“{name}”：实际完成值写“{actual}”，是界限，不是测得的数。", "“{name}”: the actual “{actual}” is a bound; nothing was measured."),
        Words("写实际测得的数（例如 96.5%），并附调查或统计材料。", "Write the measured value, and attach the survey or statistics."),
        FORM + "“实际完成值”栏",
    ),
    "I305": Kind(
        Words("定量指标的完成值没有数", "quantitative target, text as actual"),
        Words("“{name}”：指标值 {target} 是定量的，实际完成值写“{actual}”，没有可比的数。", "“{name}”: the target {target} is quantitative, but the actual “{actual}” holds no comparable number."),
        Words("写完成的数，单位与指标值相同。", "Write the number reached, in the unit of the target."),
        "定量指标按完成值与指标值比较",
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

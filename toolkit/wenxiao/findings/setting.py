"""Findings on how indicators were set (指标设置): I306, I307, I308, I311, I312."""

import re
from collections.abc import Iterator
from typing import Final

from wenxiao.evaluation import Evaluation, Finding, IndicatorResult, Severity
from wenxiao.faults import UNREAD, unread
from wenxiao.findings.catalogue import finding
from wenxiao.fitness import EXECUTION_NAME
from wenxiao.measuring import UNCLEAR
from wenxiao.model import Indicator
from wenxiao.money import ZERO, percent, ratio, show, total
from wenxiao.numerals import normal
from wenxiao.rubric import Rules
from wenxiao.target import Bound, Unread
from wenxiao.words import CATEGORIES, SUBCATEGORIES, Words


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on how each indicator was set, in the order of the form."""
    for i, result in enumerate(evaluation.indicators):
        where = f"indicators[{i}]"
        yield from no_target(result, where)
        yield from money_as_output(result.indicator, evaluation.rules, where)
        yield from misplaced(result.indicator, where)
        yield from above_hundred(result, where)
    yield from dominant(evaluation)


def no_target(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I306: no target, one that can't be read or does not say which way is better, or one that stands in the name too."""
    indicator, target = result.indicator, result.target
    severity: Severity = "warning"
    if indicator.target is None:
        at, why, how = where, Words("没有写年度指标值", "no target is stated"), _STATE
    elif isinstance(target, Unread) and target.problem != "scanned_bound":
        wrong, how = UNREAD[target.problem]
        at, why = (
            f"{where}.target",
            _UNREAD.filled(target=indicator.target, wrong=wrong.zh, wrong_en=wrong.en),
        )
    elif result.unmeasured == UNCLEAR:
        at, why, how = f"{where}.target", _DIRECTION.filled(target=indicator.target), _SIGN
    elif isinstance(target, Bound) and _in_name(target, indicator.name):
        shown = target.quantity.shown
        severity, at, how = "note", f"{where}.name", _STATE
        why = Words(f"指标值 {shown} 写在了名称里", f"the target {shown} stands in the name")
    else:
        return
    yield finding(
        "I306", severity, at, printed=indicator.name if severity == "note" else indicator.target, name=indicator.name,
        why=why.zh, why_en=why.en, how=how.zh, how_en=how.en,
    )  # fmt: skip


_STATE: Final = Words(
    "把指标值单独写清楚，例如 ≥95%、=8个、2021年12月底前；名称里只写衡量什么。",
    "State the target by itself, such as ≥95%, =8个 or 2021年12月底前; let the name say only what is measured.",
)
_UNREAD: Final = Words(
    "指标值“{target}”读不出确定的数：{wrong}", "the target “{target}” has no certain reading: {wrong_en}"
)
_DIRECTION: Final = Words(
    "指标值“{target}”没有写“≥”还是“≤”，看不出多好还是少好，因此没有计分",
    "the target “{target}” has neither ≥ nor ≤, so that it is not clear which way is better; it is not scored",
)
_SIGN: Final = Words("写上符号，例如 ≤20万元、≤12个月。", "Write the sign, for example ≤20万元 or ≤12个月.")


def _in_name(target: Bound, name: str) -> bool:
    """Tell whether a name carries the target itself: 新增集成系统1套 with the target 1套."""
    quantity = target.quantity
    if not quantity.unit or quantity.unit == "%":
        return False
    return re.search(rf"(?<![\d.]){re.escape(quantity.shown)}", normal(name)) is not None


_SPENT: Final = re.compile(
    r"资金.{0,4}(?:拨付率|支付率|支出率|使用率|到位率)|(?:拨付|支付|到位|下达)资金(?!及时)"
)
_ON_TIME: Final = re.compile(r"(?:资金|经费|款项).{0,4}(?:到位|拨付|支付|下达).{0,2}及时")


def money_as_output(indicator: Indicator, rules: Rules, where: str) -> Iterator[Finding]:
    """I307: paying in or paying out counted as quantity, quality or timeliness; a note where punctual payment is meant."""
    if indicator.category != "output" or indicator.subcategory not in ("quantity", "quality", "timeliness"):
        return
    twice = bool(EXECUTION_NAME.match(indicator.name))
    on_time = _ON_TIME.search(indicator.name) is not None
    if not (twice or on_time or _SPENT.search(indicator.name)):
        return
    counted = twice and rules.execution_points is not None
    yield finding(
        "I307", "note" if on_time else "warning", where, printed=indicator.name, name=indicator.name,
        subcategory=SUBCATEGORIES[indicator.subcategory], subcategory_en=indicator.subcategory,
        what="执行" if twice else "及时到付" if on_time else "到付",
        twice="，而预算执行率已经单独计分" if counted else "",
        twice_en=", and execution is already scored" if counted else "",
    )  # fmt: skip


_SATISFIED: Final = re.compile(r"满意(?:度|率|程度)")
_ASKED: Final = re.compile(r"满意|认可|好评|评价|投诉|测评|口碑|获得感|幸福感|感受")
_COST: Final = re.compile(r"成本|造价|总投资|费用(?:控制|节约)")
_EFFECTS: Final = ("social", "ecological", "sustainability")


def misplaced(indicator: Indicator, where: str) -> Iterator[Finding]:
    """I308: satisfaction outside its category, something else inside it, cost or safety among effects of another kind."""
    name, asked = indicator.name, "satisfaction" in (indicator.category, indicator.subcategory)
    severity: Severity = "warning"
    if _SATISFIED.search(name) and not asked:
        why, why_en, better = "衡量的是满意度", "it measures satisfaction", "满意度指标"
    elif asked and not _ASKED.search(name):
        why, why_en = "没有问服务对象是否满意", "nobody is asked whether they are satisfied"
        better = "产出指标或效益指标"
    elif _COST.search(name) and indicator.subcategory in _EFFECTS:
        severity, why, why_en, better = "note", "说的是成本", "it is about cost", "成本指标"
    elif "安全" in name and indicator.subcategory == "economic":
        severity, why, why_en = "note", "说的是安全，不是经济效益", "it is about safety, no economic effect"
        better = "社会效益指标"
    else:
        return
    label = SUBCATEGORIES[indicator.subcategory] if indicator.subcategory else CATEGORIES[indicator.category]
    yield finding(
        "I308", severity, where, printed=label, name=name, label=label, why=why, why_en=why_en, better=better
    )


# Rates of a whole end at 100 %; growth, returns and ratios of two different things do not.
_OF_A_WHOLE: Final = re.compile(r"(?:率|度|比例|占比)(?:[（(].*[）)])?$")
_OPEN: Final = re.compile(
    r"增长|增幅|提高|提升|完成率|收益|回报|负债|杠杆|周转|超额|产出比|投入比|浓度|强度|速度|高度|长度|宽度|厚度|温度|密度"
)


def above_hundred(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I312: a target that a scan has damaged (290% for ≥90%), or a rate of a whole above 100 %."""
    indicator, target = result.indicator, result.target
    why, why_en = "", ""
    if isinstance(target, Unread) and target.problem == "scanned_bound":
        said = unread(target.problem)
        why, why_en = f"，{said.zh}，因此不计分", f"is damaged: {said.en}; it is not scored"
    elif isinstance(target, Bound) and _beyond_the_whole(target, indicator.name):
        why, why_en = "超过 100%", "is above 100 %"
    if why:
        yield finding(
            "I312",
            "warning",
            f"{where}.target",
            printed=indicator.target,
            name=indicator.name,
            why=why,
            why_en=why_en,
        )


def _beyond_the_whole(target: Bound, name: str) -> bool:
    quantity = target.quantity
    share = _OF_A_WHOLE.search(name) is not None and not _OPEN.search(name) and not quantity.lead
    return share and quantity.unit == "%" and quantity.value > 100


def dominant(evaluation: Evaluation) -> Iterator[Finding]:
    """I311: one of several indicators carries the rubric's share of all indicator points or more."""
    most, project = evaluation.rules.thresholds.points_of_one, evaluation.project
    points = [i.points for i in project.indicators if i.points is not None]
    if (
        most is None
        or project.is_excerpt
        or len(points) < max(2, len(project.indicators))
        or not total(points)
    ):
        return
    whole = total(points)
    for i, indicator in enumerate(project.indicators):
        share = ratio(indicator.points or ZERO, whole)
        if share >= most:
            yield finding(
                "I311", "note", f"indicators[{i}].points", printed=show(indicator.points or ZERO),
                computed=percent(share, 0), name=indicator.name, whole=show(whole),
            )  # fmt: skip

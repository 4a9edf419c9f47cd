"""What is promised and what was measured: the actual on the terms of its target, or why the two can't be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import BudgetResult
from wenxiao.faults import unread
from wenxiao.methods import attained
from wenxiao.model import Indicator, Project
from wenxiao.money import exact, percent, ratio
from wenxiao.rubric import Rules
from wenxiao.target import Bound, Moment, Quantity, Range, Reading, Unread, comparable, read

UNCLEAR: Final = "指标值没有写“≥”还是“≤”，看不出多好还是少好"


@dataclass(frozen=True)
class Measurement:
    """An indicator's target and actual as read, and how they compare; the fields are those of IndicatorResult."""

    target: Reading | None
    stated: str | None
    actual: Reading | None
    measured: Quantity | None = None
    met: bool | None = None
    attained: Decimal | None = None
    unmeasured: str = ""


def measure(indicator: Indicator, budget: BudgetResult, project: Project, rules: Rules) -> Measurement:
    """Compare an indicator's actual with its target.

    A rate that the rubric computes from 项目资金 and the file does not state is computed, and compared unrounded.
    """
    target = read(indicator.target) if indicator.target else None
    rate = None if indicator.actual else _computed(indicator.name, budget, project, rules)
    if rate is None:
        stated = indicator.actual
        actual = read(stated) if stated else None
    else:
        stated = percent(rate, rules.rate_places)
        with exact():
            actual = Bound(None, Quantity(rate * 100, "%"))
    return _told(indicator, target, stated, actual, project.year)


def compare(indicator: Indicator, year: int) -> Measurement:
    """Compare the actual with the target as both are stated: nothing is computed from 项目资金."""
    target, actual = (read(words) if words else None for words in (indicator.target, indicator.actual))
    return _told(indicator, target, indicator.actual, actual, year)


def _told(
    indicator: Indicator, target: Reading | None, stated: str | None, actual: Reading | None, year: int
) -> Measurement:
    if isinstance(target, Moment):
        met, why = _in_time(target, stated, actual, year)
        return Measurement(target, stated, actual, None, met, None, why)
    measured, why = _measured(target, stated, actual)
    if measured is None or not isinstance(target, Bound | Range):
        return Measurement(target, stated, actual, None, None, None, why)
    return _compared(indicator, Measurement(target, stated, actual, measured), target, measured.value)


def _compared(indicator: Indicator, one: Measurement, target: Bound | Range, value: Decimal) -> Measurement:
    if direction_unclear(target, value, indicator):
        return Measurement(one.target, one.stated, one.actual, one.measured, None, None, UNCLEAR)
    met: bool | None = target.met_by(value)
    if isinstance(target, Bound) and target.approximate and not met:
        met = None
    reached = attained(target if isinstance(target, Bound) else target.side(value), value)
    return Measurement(one.target, one.stated, one.actual, one.measured, met, reached)


def _computed(name: str, budget: BudgetResult, project: Project, rules: Rules) -> Decimal | None:
    """Give the rate that the rubric computes under an indicator's name, exact; None where there is none."""
    rule = rules.measures.get(name)
    if rule is None:
        return None
    amounts = {
        "original": budget.total.original, "adjusted": budget.total.adjusted, "outturn": budget.total.outturn,
        "received": project.budget.received,
    }  # fmt: skip
    part, whole = amounts[rule.numerator], amounts[rule.denominator]
    return None if part is None or not whole else ratio(part, whole)


def _measured(
    target: Reading | None, stated: str | None, actual: Reading | None
) -> tuple[Quantity | None, str]:
    """Give the actual on the terms of a target with a number, or why the two can't be compared."""
    if stated is None:
        return None, "没有写实际完成值"
    if not isinstance(target, Bound | Range):
        return None, ""
    if not isinstance(actual, Bound):
        return None, _no_number(stated, actual)
    if actual.sign not in (None, "="):
        return None, f"实际完成值“{stated}”写的是界限，不是测得的数"
    if actual.approximate:
        return None, f"实际完成值“{stated}”写的是约数，不是测得的数"
    bound = target.quantity if isinstance(target, Bound) else target.high
    if (quantity := comparable(bound, actual.quantity)) is None:
        ours, theirs = (f"{q.lead}{q.unit}" or "没有单位" for q in (bound, actual.quantity))
        return None, f"指标值与完成值的单位不同（{ours}、{theirs}）"
    return quantity, ""


def _no_number(stated: str, actual: Reading | None) -> str:
    if isinstance(actual, Unread):
        return f"实际完成值“{stated}”读不出确定的数：{unread(actual.problem).zh}"
    if isinstance(actual, Range):
        return f"实际完成值“{stated}”写的是区间，不是测得的数"
    return f"指标值是定量的，实际完成值“{stated}”里没有可读的数"


def _in_time(
    target: Moment, stated: str | None, actual: Reading | None, year: int
) -> tuple[bool | None, str]:
    if stated is None:
        return None, "没有写实际完成值"
    if not isinstance(actual, Moment):
        return None, f"指标值是期限，实际完成值“{stated}”不是日期"
    if actual.before:
        return None, f"实际完成值“{stated}”写的是期限，不是完成的日期"
    met = target.met_by(actual, year)
    return met, "" if met is not None else f"实际完成值“{stated}”不够具体，看不出是否按期"


def undefined(target: Bound | Range, actual: Decimal) -> str:
    """Say why the rules give no score for these numbers; empty when they do.

    The published rules define nothing for negative numbers, nor for a share of a target of zero that is to be exceeded
    (>0), nor how far an approximate target may be missed.
    """
    bound = target if isinstance(target, Bound) else target.side(actual)
    if target.met_by(actual) and (isinstance(target, Range) or (actual >= 0 and bound.quantity.value >= 0)):
        return ""
    if bound.quantity.value < 0 or actual < 0:
        return "指标值或完成值为负数，评分规则没有规定算法"
    if isinstance(target, Bound) and target.approximate:
        return "指标值是约数，没有写允许的偏差，未达到时无法计分"
    if bound.quantity.value == 0 and bound.sign in (">", "<"):
        return f"指标值是“{bound.sign}0”，未达到时评分规则没有规定算法"
    return ""


_LESS_IS_BETTER: Final = re.compile(
    r"返工|事故|投诉|差错|错误|缺陷|故障|死亡|伤亡|发病|感染|失业|流失|辍学|损耗|违规|逾期|延误|排放|超标|不合格"
)
_HANDLED: Final = re.compile(r"处理|处置|办结|办理|修复|整改|回复|下降|降低|减少|控制")
_DURATIONS: Final = ("天", "日", "个工作日", "周", "个月", "小时", "分钟", "年")


def direction_unclear(target: Reading | None, actual: Decimal, indicator: Indicator) -> bool:
    """Tell whether it can't be known if more or less than the target is better.

    The published systems read a target without sign, or with ``=``, as "at least". For cost, for how long something
    takes, and for what is unwelcome (返工率, 事故) that would punish the better result: there only an equal actual is
    certain. 0起 is certain too.
    """
    if not isinstance(target, Bound) or target.sign not in (None, "="):
        return False
    bound = target.quantity
    if actual == bound.value or bound.value == 0 or bound.lead.endswith("下降"):
        return False
    cost = "cost" in (indicator.category, indicator.subcategory or "") or (
        indicator.subcategory or ""
    ).endswith("_cost")
    lasting = indicator.subcategory == "timeliness" and bound.unit in _DURATIONS and not bound.lead
    unwelcome = _LESS_IS_BETTER.search(indicator.name) is not None and not _HANDLED.search(indicator.name)
    return cost or lasting or unwelcome

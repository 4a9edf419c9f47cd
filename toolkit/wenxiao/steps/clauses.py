"""One clause: 本指标满分6分, 每降5%扣1分, 不足5%按5%计, 90%以上得10分, 否则不得分."""

import re
from decimal import Decimal
from typing import Final

from wenxiao.money import ZERO
from wenxiao.numerals import ARABIC, CHINESE, read_numeral
from wenxiao.steps.deductions import Side
from wenxiao.steps.measures import OF, TIMES, Target, read_quantity
from wenxiao.steps.parts import Begun, Earn, Else, Full, Part, Reach, Step
from wenxiao.steps.spans import read_span
from wenxiao.steps.splitting import clean
from wenxiao.target import Bound, read

_N: Final = rf"(?:{ARABIC}|[{CHINESE}]+(?:点[{CHINESE}]+)?)"
_GOAL: Final = r"(?:年度|年初|全年|预期|预定|既定|计划)?(?:绩效)?(?:指标值|目标值|目标任务数?|目标数|计划值|计划数|任务数|目标|指标|任务|计划|要求)"
_HOW: Final = r"(?:(?P<in_time>按时|按期|及时|如期)|(?P<whole>全部|全面))?"
_DONE: Final = r"(?:完成|达到|达成|达标|实现)"
_EARNED: Final = rf"(?:(?:得|记|计)(?:(?P<points>{_N})分|(?:满分|(?:全部|该项|本项|该指标|本指标)分值))|(?P<none>不得分|不计分|不给分))"

_SIDES: Final[dict[str, Side]] = {
    **dict.fromkeys(
        ("缺少", "减少", "降低", "下降", "低于", "少于", "未完成", "少", "降", "低", "缺"), "below"
    ),
    **dict.fromkeys(("超过", "超出", "超支", "高于", "增加", "上升", "多于", "超", "高", "多"), "above"),
    **dict.fromkeys(("逾期", "延迟", "延期", "延误", "推迟", "推后", "拖延", "超期", "晚", "迟"), "late"),
    **dict.fromkeys(("相差", "偏离", "偏差", "差"), "either"),
}
_LONGEST: Final = 60
"""Characters of a clause; what is longer is prose."""
_ACTIVITY: Final = "组织开展|检查|开展|完成|培训|举办|组织|建设|建成|采购|购置|安装|发放|实施|新增|服务|巡查|编制|报送|宣传|维修|改造|种植|达到"
_STEP: Final = re.compile(
    rf"(?:实际(?:完成)?(?:情况|值|数)?)?(?:[较比与]{_GOAL})?(?P<of>{OF})?(?P<each>每)?(?:[较比与]{_GOAL})?"
    rf"(?P<verb>{'|'.join(sorted(_SIDES, key=len, reverse=True))})(?:{_GOAL})?(?:{_ACTIVITY})?了?"
    rf"(?P<per>[\d百{CHINESE}].*?)的?扣(?:减|除|掉)?(?P<deduct>{_N})分"
)
_BEGUN: Final = re.compile(
    r"不[足满](?P<part>.+?)的?(?:部分)?(?:均|都|也)?(?:按照?(?P<whole>.+?)(?:计算扣分|计扣|计算|计|算|扣分)|不(?:扣分|计算|计|扣))"
)
_CAP: Final = re.compile(
    r"(?:直?[至到])?扣(?:完(?:(?:[该本此]?项?(?:三级)?(?:指标)?的?)(?:分值|分数|得分|满分|权重分|权重|分)?)?(?:为止|即止|止)?"
    rf"|满(?P<points>{_N})分(?:为止|即止|止)|[至到](?:0|零)分(?:为止)?)"
)
_FULL: Final = re.compile(
    rf"[该本此]?项?(?:三级)?(?:指标)?(?:分值|满分|总分|得满分)[为是:]?(?P<points>{_N})分"
)
_REACH: Final = re.compile(
    rf"(?:(?:未超过|不超过){_GOAL}|{_HOW}{_DONE}(?:了)?(?:{_GOAL})?)[的者时]?{_EARNED}"
)
_UNMET: Final = re.compile(
    rf"(?:未能|未|没有|没|不能){_HOW}{_DONE}(?:{_GOAL})?[的者时]?(?:不得分|不计分|不给分|[得记计](?:0|零)分)"
)
_ELSE: Final = re.compile(rf"(?:否则|其他情况|其余情况|其他|其余)[的者]?{_EARNED}")
_EARN: Final = re.compile(rf"(?P<of>{OF})?(?P<span>.+?)[的者时]?{_EARNED}")


def read_clause(clause: str) -> Part | None:
    """Read one clause; None where it has no certain reading."""
    text = clean(clause)
    if text is None or len(text) > _LONGEST:
        return None
    if found := _CAP.fullmatch(text) or _FULL.fullmatch(text):
        points = found["points"]
        number = read_numeral(points) if points else None
        return Full(number, found.re is _CAP) if not points or number else None
    if found := _STEP.fullmatch(text):
        return _step(found)
    if found := _BEGUN.fullmatch(text):
        return _begun(found)
    if found := _UNMET.fullmatch(text):
        return Else(ZERO, _how(found))
    if found := _ELSE.fullmatch(text):
        points_ = _points(found)
        return None if points_ is None else Else(points_)
    if found := _REACH.fullmatch(text):
        reached = _points(found)
        return Reach(reached, _how(found)) if reached is None or reached else None
    found = _EARN.fullmatch(text)
    return _earn(found) if found else None


def _points(found: re.Match[str]) -> Decimal | None:
    """Give the points a clause awards; None for 满分."""
    if found["none"]:
        return ZERO
    return read_numeral(found["points"]) if found["points"] else None


def _how(found: re.Match[str]) -> str:
    return "in time" if found["in_time"] else "whole" if found["whole"] else ""


def _step(found: re.Match[str]) -> Step | None:
    per, deduct, verb = read_quantity(found["per"]), read_numeral(found["deduct"]), found["verb"]
    if per is None or not deduct or per.number <= 0:
        return None
    side = _SIDES[verb]
    # Without 每, 低于5%扣1分 may be one deduction below a threshold; 少一个扣1分 is meant for each.
    if not found["each"] and (
        per.value != 1 or verb in ("低于", "高于", "超过", "超出", "少于", "多于", "未完成")
    ):
        return None
    if side == "late" and per.unit not in TIMES:
        return None
    return Step(per, deduct, side, found["of"] or "")


def _begun(found: re.Match[str]) -> Begun | None:
    part = read_quantity(found["part"])
    whole = read_quantity(found["whole"]) if found["whole"] else part
    return Begun(part, found["whole"] is not None) if part is not None and part == whole else None


def _earn(found: re.Match[str]) -> Earn | None:
    points, text = _points(found), found["span"]
    reading = read(re.sub(r"^[在为]", "", text))
    # 每完成1个得1分 earns by the piece; 约 has no shortfall.
    vague = isinstance(reading, Bound) and (reading.approximate or reading.quantity.lead.startswith("每"))
    target = reading if isinstance(reading, Target) and not vague else None
    span, unit = read_span(text) or (None, "")
    return Earn(target, span, unit, points, found["of"] or "") if target or span else None

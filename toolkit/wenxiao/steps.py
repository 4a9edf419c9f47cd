"""What a unit's own scoring rule (评分标准) says: points lost step by step, points by band, all or nothing, or nothing certain.

Real rules read ``达9个得6分，少检查一个扣1分，扣完为止``, ``90%以上得10分，每降5%扣1分`` or ``±10%以内得5分，±10-15%以内得3分``
(printed in Fujian and Jiangxi). A rule is read clause by clause and taken only when every clause has one reading:
otherwise it is :class:`Unclear` and names the clause. ``以上``, ``以下`` and ``以内`` include the number, ``超过``, ``低于``,
``不满`` and ``以外`` do not (民法典第一千二百五十九条). :func:`spell_rule` writes a rule so that :func:`read_rule` gives it back.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeVar

from wenxiao.money import MOST_DIGITS, ZERO, exact, show
from wenxiao.numerals import ARABIC, CHINESE, arabic, chinese, normal
from wenxiao.target import Bound, Moment, Quantity, Range, comparable, read, spell

Side = Literal["below", "above", "late", "either"]
"""On which side of the target points are lost: 少, 降低 · 超过, 增加 · 逾期, 延迟 · 差, 偏离."""
Target = Bound | Range | Moment

_POINTS_OF_PERCENT: Final = ("个百分点", "百分点")
_PERCENT: Final = ("%", *_POINTS_OF_PERCENT)
_COMPLETION: Final = ("完成率", "任务完成率", "目标完成率", "指标完成率", "计划完成率")
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7}
_TIMES: Final = (*_DAYS, "个星期", "月", "个月", "年", "小时", "分钟", "工作日", "个工作日")


# --- what a rule says ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Steps:
    """``deduct`` points are lost for each step of ``per`` (5%, 1个, 1天) away from the target.

    ``round_up`` is what the rule says of a begun step (不足5%按5%计 → True), None where it says nothing; ``full`` the
    full marks and ``target`` the target as far as the rule states them; ``of`` the measure it names (满意率), or "".
    """

    per: Quantity
    deduct: Decimal
    round_up: bool | None = None
    full: Decimal | None = None
    target: Target | None = None
    side: Side = "either"
    of: str = ""

    def count(self, target: Bound | Range, actual: Decimal, round_up: bool) -> int | None:
        """Give the steps lost at ``actual`` (in plain units of the target); 0 when the target is met.

        ``round_up`` decides about a begun step where the rule doesn't. A step in % counts percentage points of a
        target in %, and percent of the target in other units. None where rule and target don't fit each other:
        other units, the other side of the target, or a target without unit that may be a rate or a number.

        >>> rule = read_rule("每降5%扣1分，扣完为止")
        >>> rule.count(read("≥90%"), Decimal(84), True), rule.count(read("≥200人"), Decimal(184), True)
        (2, 2)
        >>> rule.count(read("≤3次"), Decimal(4), True) is None
        True
        """
        if target.met_by(actual):
            return 0
        bound = target if isinstance(target, Bound) else target.side(actual)
        tolerance = isinstance(target, Range) and target.low.value == -target.high.value
        step = self._step(bound.quantity)
        if bound.approximate or step is None or not self._speaks_of(bound.lower_is_better, tolerance):
            return None
        away = abs(Fraction(actual) - Fraction(bound.quantity.value))
        return self._whole(away / Fraction(step), round_up)

    def late(self, days: int, round_up: bool) -> int | None:
        """Give the steps lost ``days`` after a deadline; None unless the rule counts days or weeks too late.

        >>> read_rule("每延迟一周扣2分").late(8, round_up=False), read_rule("每延迟1个月扣2分").late(8, round_up=False)
        (1, None)
        """
        length = _DAYS.get(self.per.unit)
        if length is None or self.side == "below":
            return None
        return 0 if days <= 0 else self._whole(Fraction(days) / (Fraction(self.per.value) * length), round_up)

    def _whole(self, steps: Fraction, round_up: bool) -> int:
        up = round_up if self.round_up is None else self.round_up
        # A strict bound (>90%) is missed at 90% itself, by less than any number: still a begun step.
        return max(1, math.ceil(steps)) if up else math.floor(steps)

    def _speaks_of(self, above: bool, tolerance: bool) -> bool:
        """Tell whether the rule deducts on this side; ±10% is exceeded (超过) on both."""
        if self.side == "either":
            return True
        return not above if self.side == "below" else above or tolerance

    def _step(self, target: Quantity) -> Decimal | None:
        """Give the length of a step in plain units of the target, or None where the two have no common measure."""
        if self.per.unit in _PERCENT:
            return self._percent_step(target)
        if not self.per.unit:
            return self.per.value if target.scale == 1 and self.per.scale == 1 else None
        if not target.unit and not target.scale == self.per.scale == 1:
            return None
        same = comparable(replace(target, lead=""), self.per)
        return same.value if same is not None else None

    def _percent_step(self, target: Quantity) -> Decimal | None:
        rate = target.unit in _PERCENT
        completion = self.of in _COMPLETION
        if self.per.unit in _POINTS_OF_PERCENT and not completion:
            return self.per.value if rate or not target.unit else None
        if (rate and completion) or not target.unit:
            # Percent of the target or percentage points? Both are the same only at 100.
            return self.per.value if target.value == 100 else None
        if rate:
            return self.per.value
        if (_is_rate(self.of) and not completion) or target.value <= 0:
            return None
        with exact():
            return target.value * self.per.value / 100


def stepwise(points: Decimal, deduct: Decimal, count: int) -> Decimal:
    """Give the points left after ``count`` steps, never less than none (扣完为止).

    >>> stepwise(Decimal(6), Decimal("0.5"), 3), stepwise(Decimal(6), Decimal(1), 9)
    (Decimal('4.5'), Decimal('0'))
    """
    with exact():
        return max(ZERO, points - count * deduct)


@dataclass(frozen=True)
class PointBand:
    """From ``low`` to ``high`` (None: open), with or without the ends; ``absolute`` for ±…, the deviation either way."""

    points: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    high_included: bool = True
    absolute: bool = False

    @property
    def ends(self) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
        """Both ends, as pairs that compare in the order of the numbers that lie between them."""
        low = (Decimal("-Infinity"), 0) if self.low is None else (self.low, 0 if self.low_included else 1)
        high = (Decimal("Infinity"), 0) if self.high is None else (self.high, 0 if self.high_included else -1)
        return low, high

    def holds(self, value: Decimal) -> bool:
        """Tell whether the band holds a value.

        >>> PointBand(Decimal(3), Decimal(10), Decimal(15), low_included=False, absolute=True).holds(Decimal("-12"))
        True
        """
        low, high = self.ends
        return low <= (abs(value) if self.absolute else value, 0) <= high


@dataclass(frozen=True)
class Bands:
    """Points by band, in the order written: where two bands include a number, the one written first holds.

    Ends and values are in plain ``unit``; ``of`` is the measure the rule names (控制率), "" where it names none;
    ``full`` the full marks where the rule states them apart.
    """

    bands: tuple[PointBand, ...]
    unit: str = ""
    of: str = ""
    full: Decimal | None = None

    def points_of(self, value: Decimal) -> Decimal | None:
        """Give the points of a value; None where the rule says nothing of it.

        >>> rule = read_rule("90%以上得10分，80%-90%得8分")
        >>> rule.points_of(Decimal(90)), rule.points_of(Decimal("89.9")), rule.points_of(Decimal("79.9"))
        (Decimal('10'), Decimal('8'), None)
        """
        return next((band.points for band in self.bands if band.holds(value)), None)

    def measured(self, target: Bound | Range, actual: Quantity) -> Decimal | None:
        """Give what the bands measure of an actual: its number, or for bands in % of other units its completion rate.

        None where they speak of something else: another unit, 满意率 of a number of people, a deviation not reported.

        >>> read_rule("90%以上得10分").measured(read("≥200人"), read("150人").quantity)
        Decimal('75.00')
        """
        completion = self.of in _COMPLETION
        if actual.unit == self.unit and not (completion and self.unit == "%"):
            return actual.value
        if self.unit != "%":
            same = comparable(Quantity(Decimal(1), self.unit), replace(actual, lead=""))
            return same.value if self.unit and actual.unit and same is not None else None
        return self._completed(target, actual) if completion or not self.of else None

    def _completed(self, target: Bound | Range, actual: Quantity) -> Decimal | None:
        """Give the completion rate in %; a rate of 90% itself may be meant instead, unless the target is 100%."""
        if isinstance(target, Range) or target.lower_is_better or any(band.absolute for band in self.bands):
            return None
        bound = target.quantity
        if bound.value <= 0 or bound.unit != actual.unit or (bound.unit in ("", "%") and bound.value != 100):
            return None
        with exact():
            return actual.value / bound.value * 100


@dataclass(frozen=True)
class Unclear:
    """A rule that has no certain reading: ``clause`` is the first that can't be read or contradicts the others."""

    clause: str


@dataclass(frozen=True)
class AllOrNothing(Unclear):
    """Full marks when the target is reached, otherwise none (达到指标值得满分，否则不得分).

    It is certain, but neither steps nor bands: the method ``all_or_nothing`` scores it, and who knows only steps and
    bands must take it for unclear. ``full`` and ``target`` are None where the rule leaves them to the indicator.
    """

    clause: str = field(compare=False)
    full: Decimal | None = None
    target: Target | None = None
    of: str = ""


Rule = Steps | Bands | Unclear


# --- clauses ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Full:
    """本指标满分6分, 扣满6分为止 (``down``); 扣完为止 states no points."""

    points: Decimal | None
    down: bool = False


@dataclass(frozen=True)
class _Step:
    """每降5%扣1分."""

    per: Quantity
    deduct: Decimal
    side: Side
    of: str


@dataclass(frozen=True)
class _Begun:
    """不足5%按5%计, 不足5%不扣分."""

    per: Quantity
    up: bool


@dataclass(frozen=True)
class _Reach:
    """达到指标值得满分; ``points`` None is 满分; ``how`` tells 按时完成 and 全部完成 from 完成."""

    points: Decimal | None
    how: str


@dataclass(frozen=True)
class _Earn:
    """90%以上得10分: what is to be reached, as a target and as a band as far as it is one."""

    target: Target | None
    span: PointBand | None
    unit: str
    points: Decimal | None
    of: str


@dataclass(frozen=True)
class _Else:
    """否则不得分; ``unmet`` is how, where 未完成 is written instead: it leaves out what is done late, or in part."""

    points: Decimal
    unmet: str | None = None


_Part = _Full | _Step | _Begun | _Reach | _Earn | _Else
_Parts = Sequence[tuple[str, _Part]]
_P = TypeVar("_P", _Full, _Step, _Begun, _Reach, _Earn, _Else)

_N: Final = rf"(?:{ARABIC}|[{CHINESE}]+(?:点[{CHINESE}]+)?)"
# Words that would make the name of a measure a condition: 若合格率…, 未达标人数…, 每人次数….
_HAN: Final = r"(?:(?![每各未没若如且或但])[一-鿿])"
_OF: Final = (
    rf"(?:{_HAN}{{1,15}}(?:率|(?<![年季])度)|{_HAN}{{0,15}}(?:比例|比重|人数|次数|天数|数量|面积|金额|成本))"
)
_GOAL: Final = r"(?:年度|年初|全年|预期|预定|既定|计划)?(?:绩效)?(?:指标值|目标值|目标任务数?|目标数|计划值|计划数|任务数|目标|指标|任务|计划|要求)"
_HOW: Final = r"(?:(?P<in_time>按时|按期|及时|如期)|(?P<whole>全部|全面))?"
_DONE: Final = r"(?:完成|达到|达成|达标|实现)"
_EARNED: Final = rf"(?:(?:得|记|计)(?:(?P<points>{_N})分|(?P<all>满分|(?:全部|该项|本项|该指标|本指标)分值))|(?P<none>不得分|不计分|不给分))"

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
    rf"(?:实际(?:完成)?(?:情况|值|数)?)?(?:[较比与]{_GOAL})?(?P<of>{_OF})?(?P<each>每)?(?:[较比与]{_GOAL})?"
    rf"(?P<verb>{'|'.join(sorted(_SIDES, key=len, reverse=True))})(?P<goal>{_GOAL})?(?:{_ACTIVITY})?了?"
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
_EARN: Final = re.compile(rf"(?P<of>{_OF})?(?P<span>.+?)[的者时]?{_EARNED}")


def _clauses(text: str) -> list[str]:
    """Split a rule into clauses; a comma before the clause's own verb (90%以上的，得10分) or inside 1,000 splits nothing."""
    text = re.sub(r"^\s*(?:评分标准|评分规则|评分办法|计分标准|计分规则|计分方法)\s*[:：]", "", text)
    text = re.sub(r"[（(]((?:不[足满]|扣[完满]|直[至到]扣)[^（()）]*)[)）]", r"，\1", text)
    joined = (
        rf"(?!\s*(?:得|[记计](?=[\d满{CHINESE}])|按照?(?=[\d{CHINESE}百])|不[得扣计给]|扣(?![完满至到])))"
    )
    thousands = r"(?<=\d),(?=\d{3}(?!\d))"
    pieces = re.split(rf"(?!{thousands})[,，]{joined}|[;；。\n]|(?<=分)、", text)
    return [piece.strip() for piece in pieces if piece.strip()]


# 80%≤满意率<90%, as some forms write it.
_CHAIN: Final = re.compile(rf"(?P<low>-?{ARABIC}%?)(?P<from>[≤<])(?P<of>{_OF})?(?P<rest>[≤<]-?{ARABIC}.*)")


def _unchained(found: re.Match[str]) -> str:
    return f"{found['of'] or ''}{'≥' if found['from'] == '≤' else '>'}{found['low']}{found['rest']}"


def _clean(clause: str) -> str | None:
    """Give a clause in plain characters without its number in a list; None where a sign can't be told from a digit."""
    clause = re.sub(r"^[①-⒛][、.．]?", "", clause)
    # ² and ⑤ would become digits of their own.
    if any(unicodedata.category(c) == "No" for c in clause):
        return None
    text = re.sub(r"\s+", "", normal(clause))
    text = re.sub(r",(?!\d{3}(?!\d))", "", text).replace("正负", "±")
    text = re.sub(r"^(?:\(\d{1,2}\)|\d{1,2}[、)]|\d{1,2}\.(?=\D))", "", text)
    return _unchained(chain) if (chain := _CHAIN.fullmatch(text)) else text


def _is_rate(of: str) -> bool:
    return of.endswith(("率", "度", "比例", "比重"))


def _number(text: str) -> Decimal | None:
    number = arabic(text)
    return chinese(text) if number is None else number


# What makes the "unit" part of a sentence: 3次降低, 100万元一天.
_NO_UNIT: Final = re.compile(
    r"[一二两三四五六七八九十少多降减低高超差每延晚迟加扣得]|[目指]标|计划|任务|要求"
)


def _quantity(text: str) -> Quantity | None:
    """Read a bare amount with its unit: no sign, no word of change, no 约."""
    if bare := arabic(text):
        return Quantity(bare)
    reading = read(text)
    if not isinstance(reading, Bound) or reading.sign or reading.approximate or reading.quantity.lead:
        return None
    if _NO_UNIT.search(reading.quantity.unit):
        return None
    # Written out in plain units it must be readable again.
    digits = re.sub(r"\D", "", show(reading.quantity.value))
    return reading.quantity if len(digits) <= MOST_DIGITS else None


def _part(clause: str) -> _Part | None:
    """Read one clause; None where it has no certain reading."""
    text = _clean(clause)
    if text is None or len(text) > _LONGEST:
        return None
    if found := _CAP.fullmatch(text) or _FULL.fullmatch(text):
        points = found["points"]
        number = _number(points) if points else None
        return _Full(number, found.re is _CAP) if not points or number else None
    if found := _STEP.fullmatch(text):
        return _step(found)
    if found := _BEGUN.fullmatch(text):
        return _begun(found)
    if found := _UNMET.fullmatch(text):
        return _Else(ZERO, _how(found))
    if found := _ELSE.fullmatch(text):
        points_ = _points(found)
        return None if points_ is None else _Else(points_)
    if found := _REACH.fullmatch(text):
        reached = _points(found)
        return _Reach(reached, _how(found)) if reached is None or reached else None
    found = _EARN.fullmatch(text)
    return _earn(found) if found else None


def _points(found: re.Match[str]) -> Decimal | None:
    """Give the points a clause awards; None for 满分."""
    if found["none"]:
        return ZERO
    return _number(found["points"]) if found["points"] else None


def _how(found: re.Match[str]) -> str:
    return "in time" if found["in_time"] else "whole" if found["whole"] else ""


def _step(found: re.Match[str]) -> _Step | None:
    per, deduct, verb = _quantity(found["per"]), _number(found["deduct"]), found["verb"]
    if per is None or not deduct or per.number <= 0:
        return None
    side = _SIDES[verb]
    # Without 每, 低于5%扣1分 may be one deduction below a threshold; 少一个扣1分 is meant for each.
    if not found["each"] and (
        per.value != 1 or verb in ("低于", "高于", "超过", "超出", "少于", "多于", "未完成")
    ):
        return None
    if side == "late" and per.unit not in _TIMES:
        return None
    return _Step(per, deduct, side, found["of"] or "")


def _begun(found: re.Match[str]) -> _Begun | None:
    part = _quantity(found["part"])
    whole = _quantity(found["whole"]) if found["whole"] else part
    return _Begun(part, found["whole"] is not None) if part is not None and part == whole else None


def _earn(found: re.Match[str]) -> _Earn | None:
    points, text = _points(found), found["span"]
    reading = read(re.sub(r"^[在为]", "", text))
    # 每完成1个得1分 earns by the piece; 约 has no shortfall.
    vague = isinstance(reading, Bound) and (reading.approximate or reading.quantity.lead.startswith("每"))
    target = reading if isinstance(reading, Target) and not vague else None
    span, unit = _span(text) or (None, "")
    return _Earn(target, span, unit, points, found["of"] or "") if target or span else None


# --- bands -----------------------------------------------------------------------------------------------------------

_JOIN: Final = r"(?:-{1,2}|~|至|到|—{1,2}|–)"


def _mark(name: str) -> str:
    """Give the pattern of (含), (不含), (含90%)."""
    return rf"(?:\((?P<{name}>不?含(?:本数|{ARABIC}%?)?)\))?"


_BETWEEN: Final = re.compile(
    rf"(?P<low>-?{ARABIC}[^\d(±-]*?){_mark('low_mark')}{_JOIN}(?P<high>-?{ARABIC}[^\d(]*?){_mark('high_mark')}"
    r"(?:之间|以内|之内|区间)?"
)
_BEFORE: Final = {
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "达到", "达", "完成", "实现", "至少"), "≥"),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于"), "≤"),
    **dict.fromkeys((">", "超过", "高于", "大于", "多于"), ">"),
    **dict.fromkeys(("<", "低于", "不足", "不满", "小于", "少于", "未达到", "未达"), "<"),
}  # fmt: skip
_AFTER: Final = {
    "及以上": "≥",
    "或以上": "≥",
    "以上": "≥",
    "及以下": "≤",
    "或以下": "≤",
    "以下": "≤",
    "以内": "≤",
    "之内": "≤",
    "以外": ">",
    "之外": ">",
}
_HALF: Final = re.compile(
    rf"(?P<before>{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})?(?P<amount>-?[\d百{CHINESE}][^(]*?)"
    rf"{_mark('mark')}(?P<after>{'|'.join(_AFTER)})?{_mark('last')}"
)


@dataclass(frozen=True)
class _End:
    """One end of a band: its sign ("=" for a bare number) and amount."""

    sign: str
    quantity: Quantity


_WAY: Final = {"≥": 1, ">": 1, "≤": -1, "<": -1}


def _span(text: str) -> tuple[PointBand, str] | None:
    """Read what a band holds, and its unit: 80%(含)-90%, 60%以下, ±10-15%以内, 80%以上不足90%."""
    absolute = "±" in text
    # 100±5分 is about 100, not a deviation.
    if re.search(r"\d[^-~至到—–]*±", text):
        return None
    text = re.sub(r"^(?:在|为|介于|处于|控制在)", "", text.replace("±", ""))
    ends = _between(text) or _two_halves(text) or ((half,) if (half := _half(text)) else None)
    if ends is None or len({end.quantity.unit for end in ends}) > 1:
        return None
    if absolute and (ends[0].sign == "=" or any(end.quantity.number < 0 for end in ends)):
        return None
    band = PointBand(ZERO, absolute=absolute)
    for end in ends:
        band = _limited(band, end)
    low, high = band.ends
    return (band, ends[0].quantity.unit) if low <= high else None


def _limited(band: PointBand, end: _End) -> PointBand:
    value, included = end.quantity.value, end.sign in ("≥", "≤", "=")
    if end.sign in (">", "≥", "="):
        band = replace(band, low=value, low_included=included)
    if end.sign in ("<", "≤", "="):
        band = replace(band, high=value, high_included=included)
    return band


def _between(text: str) -> tuple[_End, ...] | None:
    found = _BETWEEN.fullmatch(text)
    if not found:
        return None
    low, high = _quantity(found["low"]), _quantity(found["high"])
    if low is None or high is None:
        return None
    if not low.unit:
        # 100-200万元: the unit is written once; 5万-8万元 keeps its own 万.
        low = replace(low, unit=high.unit, scale=high.scale if low.scale == 1 else low.scale)
    ends = _marked("≥", found["low_mark"], low), _marked("≤", found["high_mark"], high)
    return None if None in ends else tuple(end for end in ends if end)


def _two_halves(text: str) -> tuple[_End, ...] | None:
    """Read ``80%以上不足90%`` and ``≥80%且<90%``: a lower and a higher end, in either order."""
    for cut in range(2, len(text) - 1):
        one, other = _half(text[:cut]), _half(re.sub(rf"^(?:并且|且|、|{_JOIN})", "", text[cut:]))
        if one and other and _WAY.get(one.sign, 0) * _WAY.get(other.sign, 0) == -1:
            return one, other
    return None


def _half(text: str) -> _End | None:
    found = _HALF.fullmatch(text)
    quantity = _quantity(found["amount"]) if found else None
    if found is None or quantity is None:
        return None
    signs = {_BEFORE.get(found["before"] or "", ""), _AFTER.get(found["after"] or "", "")} - {""}
    if len(signs) > 1 or (found["mark"] and found["last"]):
        return None
    return _marked(signs.pop() if signs else "=", found["mark"] or found["last"], quantity)


def _marked(sign: str, mark: str | None, quantity: Quantity) -> _End | None:
    """Give an end as (含), (不含) or (含90%) decides it; None where the mark contradicts what else is written."""
    if not mark:
        return _End(sign, quantity)
    included, other = not mark.startswith("不"), arabic(re.sub(r"^不?含(?:本数)?|%$", "", mark))
    if (other is not None and other != quantity.number) or sign == "=" or (included and sign in (">", "<")):
        return None
    return _End(sign if included else sign.replace("≥", ">").replace("≤", "<"), quantity)


# --- the whole rule --------------------------------------------------------------------------------------------------


def read_rule(text: str) -> Rule:
    """Read a scoring rule.

    >>> read_rule("本指标满分6分，达9个得6分，少检查一个扣1分，扣完为止。").per.shown
    '1个'
    >>> read_rule("±10%以内得5分，±10-15%以内得3分，±15%以外不得分").points_of(Decimal(-12))
    Decimal('3')
    >>> read_rule("完成指标值得满分，未完成不得分")
    AllOrNothing(clause='完成指标值得满分', full=None, target=None, of='')
    >>> read_rule("90%以上得10分，完成较好的得5分")
    Unclear(clause='完成较好的得5分')
    """
    clauses = _clauses(text)
    if listed := _numbered(clauses):
        return Unclear(listed)
    parts: list[tuple[str, _Part]] = []
    for clause in clauses:
        part = _part(clause)
        if part is None:
            return Unclear(clause)
        parts.append((clause, part))
    if wrong := _contradiction(parts):
        return Unclear(wrong)
    if _all(parts, _Step):
        return _as_steps(parts)
    if any(isinstance(part, _Earn | _Reach) for _, part in parts):
        return _as_all_or_nothing(parts) or _as_bands(parts)
    return Unclear(clauses[0] if clauses else text.strip())


def _numbered(clauses: list[str]) -> str | None:
    """Give the clause in which 2.80% may be number 2 of a list, and 80%; None where nothing looks like a list."""
    heads = [(clause, found) for clause in clauses if (found := re.match(r"(\d{1,2})[.．](\d?)", clause))]
    if [found[1] for _, found in heads[:2]] != ["1", "2"]:
        return None
    return next((clause for clause, found in heads if found[2]), None)


def _all(parts: _Parts, kind: type[_P]) -> list[tuple[str, _P]]:
    return [(clause, part) for clause, part in parts if isinstance(part, kind)]


def _contradiction(parts: _Parts) -> str | None:
    """Give the first clause that states other full marks or another measure than a clause before it."""
    full: Decimal | None = None
    of = ""
    for clause, part in parts:
        stated = part.points if isinstance(part, _Full | _Reach) else None
        named = part.of if isinstance(part, _Step | _Earn) else ""
        if (full is not None and stated not in (None, full)) or (of and named not in ("", of)):
            return clause
        full, of = full if stated is None else stated, of or named
    return None


def _stated(parts: _Parts) -> Decimal | None:
    """Give the full marks the rule states, by themselves or for 完成指标值."""
    points = [part.points for _, part in parts if isinstance(part, _Full | _Reach)]
    return next((one for one in points if one is not None), None)


def _measure(parts: _Parts) -> str:
    return next((part.of for _, part in parts if isinstance(part, _Step | _Earn) and part.of), "")


def _as_steps(parts: _Parts) -> Steps | Unclear:
    clause, step = _all(parts, _Step)[0]
    begun = [part for _, part in _all(parts, _Begun)]
    if wrong := next(_odd_beside(step, parts), None):
        return Unclear(wrong)
    full, target, of = _stated(parts), None, _measure(parts)
    for _, part in _all(parts, _Earn):
        target, full = part.target, _earning(part, full)
    if target is not None and not _fits(step, target):
        return Unclear(clause)
    return Steps(step.per, step.deduct, begun[0].up if begun else None, full, target, step.side, of)


def _odd_beside(step: _Step, parts: _Parts) -> Iterator[str]:
    """Give the clauses that a rule by steps can't hold: 否则不得分, a second step, another begun step, other marks."""
    full = _stated(parts)
    seen: set[type[_Part]] = set()
    for clause, part in parts:
        kind = _Earn if isinstance(part, _Reach) else type(part)
        again = kind in seen and kind is not _Full
        other = isinstance(part, _Begun) and part.per != step.per
        if isinstance(part, _Earn):
            earned = _earning(part, full)
            other = part.target is None or earned == 0 or (full is not None and earned != full)
        if again or other or isinstance(part, _Else):
            yield clause
        seen.add(kind)


def _fits(step: _Step, target: Target) -> bool:
    """Tell whether points can be lost that way: not above ≥90%, nor by percent after a day.

    每低于90%扣1分 beside a target of 90% is a threshold, no step.
    """
    if isinstance(target, Moment):
        return step.per.unit in _TIMES and step.side != "below"
    if isinstance(target, Range):
        return True
    wrong = "below" if target.lower_is_better else "above" if target.sign in ("≥", ">") else None
    return step.side != wrong and target.quantity != step.per


def _earning(part: _Earn, full: Decimal | None) -> Decimal | None:
    """Give the points of a clause; 满分 is the full marks, None where they are not stated."""
    return full if part.points is None else part.points


def _as_all_or_nothing(parts: _Parts) -> Unclear | None:
    """Read 达到指标值得满分，否则不得分; None where the rule says more, or gives points by number."""
    met = [(clause, part) for clause, part in parts if isinstance(part, _Reach | _Earn)]
    missed = _all(parts, _Else)
    if len(met) != 1 or len(missed) != 1 or missed[0][1].points or _all(parts, _Begun) or _falling(parts):
        return None
    full, (clause, one), (last, other) = _stated(parts), met[0], missed[0]
    how = one.how if isinstance(one, _Reach) else "in time" if isinstance(one.target, Moment) else ""
    if other.unmet not in (None, how):
        return Unclear(last)
    if isinstance(one, _Reach):
        return AllOrNothing(clause, full)
    earned = _earning(one, full)
    by_number = one.span is not None and earned is not None
    if one.target is None or by_number or earned == 0 or (full is not None and earned != full):
        return None
    return AllOrNothing(clause, earned, one.target, one.of)


def _about(span: PointBand) -> bool:
    """Tell whether 100%得10分 is written, a bare number that more than 100% also reaches; 0次 is just none."""
    return span.low == span.high != 0


def _falling(parts: _Parts) -> list[str]:
    """Give the clauses that belong to a deduction: 扣完为止."""
    return [clause for clause, part in _all(parts, _Full) if part.down]


def _as_bands(parts: _Parts) -> Bands | Unclear:
    if falling := _falling(parts):
        return Unclear(falling[0])
    full, earned = _stated(parts), [part for _, part in _all(parts, _Earn)]
    bands: list[PointBand] = []
    for clause, part in parts:
        if isinstance(part, _Full):
            continue
        band = _band(part, full, len(earned))
        unlike = isinstance(part, _Earn) and part.unit != earned[0].unit
        if band is None or unlike or _never_certain(band, bands):
            return Unclear(clause)
        band = _below_the_top(band, bands) if bands or not _only(earned, parts) else _at_least(band)
        if _never_certain(band, bands):
            return Unclear(clause)
        bands.append(band)
    if _by_the_piece(bands, full):
        return Unclear(_all(parts, _Earn)[0][0])
    return Bands(tuple(bands), earned[0].unit, _measure(parts), full)


def _only(earned: Sequence[_Earn], parts: _Parts) -> bool:
    """Tell whether the rule awards points once and says 否则 of everything else."""
    other = [part.points for _, part in _all(parts, _Else)]
    points = _earning(earned[0], _stated(parts)) if len(earned) == 1 and other else None
    return points is not None and other[0] < points


def _at_least(band: PointBand) -> PointBand:
    """Read 100%得10分，否则不得分 as for a target without sign: more than 100% reaches it."""
    return replace(band, high=None) if _about(band) else band


def _by_the_piece(bands: Sequence[PointBand], full: Decimal | None) -> bool:
    """Tell whether the points may be meant for each: 满分10分，完成一个得2分."""
    alone = len(bands) == 1 and bands[0].low == 1
    return alone or (full is not None and all(band.points < full for band in bands))


def _below_the_top(band: PointBand, before: Sequence[PointBand]) -> PointBand:
    """End a band where the rule stops saying what more than its best number earns.

    After 100%得10分, neither 90%以上得8分 nor 否则不得分 is meant for 105%.
    """
    if band.high is not None or not before or any(one.high is None for one in before):
        return band
    top = max(before, key=lambda one: one.ends[1])
    if top.low is None or top.absolute or top.high == 0:
        return band
    best = top.points == max(one.points for one in before) > band.points
    reaches = band.low is None or band.low < top.low
    return replace(band, high=top.high) if best and reaches and (_about(top) or len(before) > 1) else band


def _band(part: _Part, full: Decimal | None, earned: int) -> PointBand | None:
    """Give a clause's band with its points; None where they are not stated, or more than the full marks."""
    points, span = None, None
    if isinstance(part, _Else) and (part.unmet is None or (part.unmet == "" and earned == 1)):
        points, span = part.points, PointBand(ZERO)
    elif isinstance(part, _Earn):
        points, span = _earning(part, full), part.span
    if points is None or span is None or (full is not None and points > full):
        return None
    return replace(span, points=points)


def _never_certain(band: PointBand, before: Sequence[PointBand]) -> bool:
    """Tell whether an earlier band takes all of a band's numbers, or shares more than an end with it.

    90%以上, then 80%以上 is read from top to bottom; 80%以上, then 90%以上 leaves nothing to the second.
    """
    low, high = band.ends
    for one in before:
        first, last = one.ends
        if one.absolute != band.absolute and not (band.low is None and band.high is None):
            return True
        within = first <= low and high <= last
        around = low <= first and last <= high
        if within or (not around and max(low, first)[0] < min(high, last)[0]):
            return True
    return False


# --- writing ---------------------------------------------------------------------------------------------------------


def spell_rule(rule: Rule) -> str:
    """Write a rule in its normal wording; reading that gives the same rule.

    >>> spell_rule(read_rule("群众满意率90%以上得10分;每降5%扣减1分(不足5%的按5%计算),直至扣完"))
    '群众满意率≥90%得10分，群众满意率每降低5%扣1分，不足5%按5%计，扣完为止'
    >>> spell_rule(read_rule("80%(含)以上的，得8分；60%—80%得6分；其他不得分"))
    '80%以上得8分，60%-80%得6分，否则不得分'
    """
    match rule:
        case Steps():
            return "，".join(_spell_steps(rule))
        case Bands():
            full = [] if rule.full is None else [f"满分{show(rule.full)}分"]
            return "，".join([*full, *(_spell_band(band, rule) for band in rule.bands)])
        case AllOrNothing(full=full_, target=target, of=of):
            met = "达到指标值" if target is None else f"{of}{spell(target)}"
            return f"{met}{_earned(full_)}，否则不得分"
        case _:
            return rule.clause


def _earned(points: Decimal | None) -> str:
    if points is None:
        return "得满分"
    return f"得{show(points)}分" if points else "不得分"


_VERBS: Final[dict[Side, str]] = {"below": "少", "above": "超过", "late": "延迟", "either": "相差"}


def _spell_steps(rule: Steps) -> Iterator[str]:
    if rule.target is not None:
        yield f"{rule.of}{spell(rule.target)}{_earned(rule.full)}"
    elif rule.full is not None:
        yield f"满分{show(rule.full)}分"
    per = rule.per.shown
    verb = "降低" if rule.side == "below" and rule.per.unit in _PERCENT else _VERBS[rule.side]
    yield f"{rule.of}每{verb}{per}扣{show(rule.deduct)}分"
    if rule.round_up is not None:
        yield f"不足{per}按{per}计" if rule.round_up else f"不足{per}不扣分"
    yield "扣完为止"


def _spell_band(band: PointBand, rule: Bands) -> str:
    earned = _earned(band.points)
    if band.low is None and band.high is None:
        return f"否则{earned}"
    return f"{rule.of}{_spell_ends(band, rule.unit)}{earned}"


def _spell_ends(band: PointBand, unit: str) -> str:
    sign = "±" if band.absolute else ""
    low, high = (_amount(ZERO if end is None else end, unit) for end in (band.low, band.high))
    low = f"{sign}{low}"
    if band.high is None:
        above = f"{low}以外" if band.absolute else f"超过{low}"
        return f"{low}以上" if band.low_included else above
    if band.low is None:
        within = "以内" if band.absolute else "以下"
        return f"{sign}{high}{within}" if band.high_included else f"低于{sign}{high}"
    if band.low == band.high:
        return low
    out = "", "(不含)"
    # 5-8个, 100-200万元: the unit once, but 80%-90%.
    tail = high.lstrip("-.0123456789")
    if unit not in _PERCENT and low.lstrip("-.0123456789") == tail:
        low = low.removesuffix(tail)
    return f"{low}{out[not band.low_included]}-{high}{out[not band.high_included]}"


def _amount(value: Decimal, unit: str) -> str:
    """Write an amount, in 万 where that is shorter: 100万元."""
    with exact():
        myriads = value / 10_000
    whole = unit and unit not in _PERCENT and value and myriads == myriads.to_integral_value()
    return f"{show(myriads)}万{unit}" if whole else f"{show(value)}{unit}"

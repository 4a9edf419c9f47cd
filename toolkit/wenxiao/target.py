"""What a target (年度指标值) and an actual (实际完成值) say: a bound, a range, a day, words, or something unreadable.

Real forms write ``≥95%``, ``≧100``, ``═8个``, ``不少于3次``, ``98%以上``, ``5-8个``, ``约200人``, ``每亩300元``, ``同比增长5%``,
``2021年12月底前``, ``百分之九十五``. Each spelling has one reading, and :func:`spell` writes a reading so that :func:`read`
gives it back. What holds a number but has no certain reading is :class:`Unread` with the name of the problem: it is
never guessed. ``以上``, ``以下`` and ``以内`` include the number, ``超过`` and ``不满`` do not
(民法典第一千二百五十九条; 尚待与原文核对).
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from wenxiao.money import exact, plain, show
from wenxiao.numerals import ARABIC, CHINESE, arabic, chinese, normal

Sign = Literal["≥", ">", "≤", "<", "="]
Problem = Literal[
    "two_signs", "several_numbers", "scanned_bound", "period", "ratio", "no_such_date", "too_long", "number_in_text",
    "year_or_number", "compact_date", "before_month", "after_date", "empty_range", "approximate_bound", "scanned_digit", "rank",
    "vague", "relative_tolerance", "date_in_text", "month_or_months",
]  # fmt: skip
"""Why a text that holds a number can't be read; the words stand in :mod:`wenxiao.faults`."""

SCALES: Final = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1_000), "万": Decimal(10_000), "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000), "亿": Decimal(100_000_000), "万亿": Decimal(1_000_000_000_000),
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number with its unit. ``scale`` is 10,000 for 万…; ``lead`` is what stands before: 每亩, 增长, 同比下降."""

    number: Decimal
    unit: str = ""
    scale: Decimal = Decimal(1)
    lead: str = ""

    @property
    def value(self) -> Decimal:
        """The number in plain units."""
        with exact():
            return self.number * self.scale

    @property
    def shown(self) -> str:
        """Number and unit for a formula: ``1.2万亩``."""
        prefix = next(name for name, factor in SCALES.items() if factor == self.scale)
        return f"{self.lead}{show(self.number)}{prefix}{self.unit}"


@dataclass(frozen=True)
class Bound:
    """One number: at least (≥, >), at most (≤, <), or plain (``=`` or no sign)."""

    sign: Sign | None
    quantity: Quantity
    approximate: bool = False

    def met_by(self, actual: Decimal) -> bool:
        """Tell whether a value reaches this target.

        No sign and ``=`` count as "at least": the published scoring systems do not penalise more than ``=``. But
        0起 and =0起 want no more than none.

        >>> read("≤3次").met_by(Decimal(4)), read("=3次").met_by(Decimal(4)), read("=0起").met_by(Decimal(1))
        (False, True, False)
        """
        bound = self.quantity.value
        if self.lower_is_better:
            return actual < bound if self.sign == "<" else actual <= bound
        return actual > bound if self.sign == ">" else actual >= bound

    @property
    def lower_is_better(self) -> bool:
        """Tell whether ``≤`` or ``<`` is written, or a zero that is no "at least"."""
        return self.sign in ("≤", "<") or (self.sign in (None, "=") and self.quantity.number == 0)


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high``, both included, in one unit."""

    low: Quantity
    high: Quantity

    def met_by(self, actual: Decimal) -> bool:
        """Tell whether a value lies in the range.

        >>> read("5-8个").met_by(Decimal(8)), read("±10%以内").met_by(Decimal(-11))
        (True, False)
        """
        return self.low.value <= actual <= self.high.value

    def side(self, actual: Decimal) -> Bound:
        """Give the bound that decides about a value: ≥ low below and inside the range, ≤ high above it."""
        return Bound("≤", self.high) if actual > self.high.value else Bound("≥", self.low)


@dataclass(frozen=True)
class Moment:
    """A day, or the days of a month or year; ``before`` when a deadline is written (底前, 之前).

    ``year`` is None where none is written: then the year evaluated is meant. ``month`` None is the whole year;
    ``until`` None is the month's end; ``opens`` is the first month of a quarter or half-year. As a deadline the last
    day counts, and is itself in time.
    """

    year: int | None
    month: int | None = None
    since: int = 1
    until: int | None = None
    before: bool = False
    opens: int | None = None

    def days(self, year: int) -> tuple[dt.date, dt.date]:
        """Give first and last day, in ``year`` where no year is written.

        >>> read("2021年2月底前").days(2022)[1], read("12月中旬").days(2021)[0]
        (datetime.date(2021, 2, 28), datetime.date(2021, 12, 11))
        """
        own = self.year or year
        month = self.month or 12
        last = dt.date(own, month, self.until) if self.until else _month_end(own, month)
        return dt.date(own, self.opens or self.month or 1, self.since), last

    def met_by(self, actual: "Moment", year: int) -> bool | None:
        """Tell whether something done at ``actual`` was in time; None when its days straddle the deadline."""
        deadline = self.days(year)[1]
        first, last = actual.days(year)
        if last <= deadline:
            return True
        return False if first > deadline else None


@dataclass(frozen=True)
class Prose:
    """Words without a number: the indicator is qualitative."""

    text: str


@dataclass(frozen=True)
class Unread:
    """A text with a number that has no certain reading, and why."""

    text: str
    problem: Problem


Reading = Bound | Range | Moment | Prose | Unread


def _month_end(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


# --- numbers with units ---------------------------------------------------------------------------------------------

# One unit, one name: what is written → what is read. Latin letters count only as these units: 5G and 3A are no amounts.
_UNITS: Final = {
    "百分比": "%", "百分点": "个百分点", "工作日": "个工作日", "圆": "元", "元整": "元", "元正": "元", "圆整": "元", "圆正": "元", "元人民币": "元",
    "m": "米", "km": "公里", "KM": "公里", "Km": "公里", "cm": "厘米", "CM": "厘米", "mm": "毫米", "MM": "毫米", "m2": "平方米", "m^2": "平方米",
    "km2": "平方公里", "km^2": "平方公里", "m3": "立方米", "m^3": "立方米", "平米": "平方米", "ha": "公顷", "kg": "公斤", "KG": "公斤", "Kg": "公斤",
    "g": "克", "mg": "毫克", "μg": "微克", "t": "吨", "L": "升", "mL": "毫升", "ml": "毫升", "h": "小时", "°C": "℃", "kW": "千瓦", "KW": "千瓦",
    "kw": "千瓦", "MW": "兆瓦", "kWh": "千瓦时", "KWh": "千瓦时", "kwh": "千瓦时", "KWH": "千瓦时", "kV": "千伏", "KV": "千伏", "dB": "分贝",
    "GB": "GB", "TB": "TB", "MB": "MB",
}  # fmt: skip
_MEASURE_WORDS: Final = (
    "次 个 人 名 位 套 台 件 辆 户 家 份 项 场 处 座 条 米 公里 千米 平方米 立方米 平方公里 公顷 亩 吨 公斤 千克 克 天 日 个月 年 周 小时 分钟 "
    "元 圆 元整 圆整 美元 % 本 期 篇 所 间 栋 艘 架 株 棵 只 头 匹 批 批次 人次 户次 台次 车次 场次 班次 台套 倍 班 课时 学时 站 轮 届 支 对 组 部 "
    "幅 块 根 口 眼 册 页 字 例 起 宗 笔 个百分点 百分点 工作日 个工作日 村 镇 乡 县 岁 分 种 门 段 盏 盒 瓶 箱 桶 袋 床 张 把 顶 双 万元 亿元"
)
_MEASURES: Final = frozenset(_MEASURE_WORDS.split())
"""Units after which a Chinese numeral is a number; elsewhere 一 and 三 are parts of words (一般, 三级, 一次性)."""
_NO_NUMBERS: Final = frozenset({"十分", "一起", "一对", "一把"})

# A unit has no 每 (元每人), and no numeral in front, but for 千米 and the like, where 千 belongs to it.
_KILO: Final = "千[米克瓦伏帕卡升字赫焦安]"
_HAN: Final = "[\u4e00-\u6bce\u6bd0-\u9fff]"
_LATIN: Final = "|".join(
    sorted((re.escape(u) for u in _UNITS if u.isascii() or u in ("°C", "μg")), key=len, reverse=True)
)
_UNIT: Final = rf"%|‰|(?:{_LATIN})(?![A-Za-z])|(?:(?={_KILO}|百分[比点])|(?![{CHINESE}])){_HAN}{{1,6}}"
_PER: Final = rf"(?:[/·每](?:(?:{_LATIN})(?![A-Za-z])|{_HAN}{{1,4}})){{1,2}}"
_SCALE: Final = (
    rf"(?!{_KILO}|百分[比点]|千[A-Za-z°])(?:{'|'.join(sorted(filter(None, SCALES), key=len, reverse=True))})"
)
_NUMBER: Final = re.compile(rf"(?P<number>-?{ARABIC})(?P<scale>{_SCALE})?(?P<unit>{_UNIT})?(?P<per>{_PER})?")
_SPOKEN: Final = re.compile(rf"(?P<number>[{CHINESE}]+(?:点[{CHINESE}]+)?)(?P<unit>{_UNIT})?(?P<per>{_PER})?")
_MONEY: Final = re.compile(r"人民币|¥|RMB")

# What makes the "unit" a rank (3级), the beginning of a sentence, or a sign that the number is none.
_NO_UNIT: Final = re.compile(
    r"^(?:[级类等星号成]|月份?$|季度$)|[内外前后了的未不无已并及和与或余多约几左右达到至]|正负|[年月][底末初]|以[上下]|超过|[低高大小多少]于|完成|建设|覆盖|开展|响应|参加|"
    r"之间|等$"
)
_CHANGE: Final = re.compile(
    r"(同比|较上年|比上年|较去年|比去年|年均|环比)?(?:(增长|增加|提高|提升|上升)|(?:下降|降低|减少|压减|压缩))了?"
)
# 每亩, 每人每月, 每百户; no rule of deduction (每降5%扣1分) and no sentence (每月开展1次).
_EACH: Final = re.compile(
    rf"(?:每[十百千万]{{0,2}}(?:升|(?:(?![{CHINESE}降升增减扣加提少多不约近达超低高至开培举召完成建新发出现得奖罚补检查]){_HAN}){{1,4}}?)){{1,3}}"
    rf"(?=[-0-9≥≤<>=±{CHINESE}不约近超低高至]|[大小等]于|最[少多低高])|[人户亩村生年月日]均(?=[-0-9≥≤<>=±{CHINESE}不约近超低高至])"
)


def _lead_of(text: str) -> tuple[str, str]:
    """Split ``较上年增长5%`` or ``每亩300元`` into the normal lead and the rest; the lead is empty where there is none."""
    if each := _EACH.match(text):
        return each[0], text[each.end() :]
    if change := _CHANGE.match(text):
        since = change[1] if change[1] in (None, "年均", "环比") else "同比"
        return f"{since or ''}{'增长' if change[2] else '下降'}", text[change.end() :]
    return "", text


def _quantity(text: str) -> Quantity | None:
    """Read a number with its unit and what it is counted by (元/亩); None when it is none."""
    text = _unpercent(text)
    money = _MONEY.match(text)
    if money:
        text = text[money.end() :]
    found = _NUMBER.fullmatch(text) or _SPOKEN.fullmatch(text)
    if not found:
        return None
    number, unit = _figure(found["number"], found["unit"]), found["unit"] or ""
    if number is None or _NO_UNIT.search(unit):
        return None
    unit = _UNITS.get(unit, unit)
    if unit == "年" and 1900 <= number < 2100:
        return None  # ≤2021年
    if money and unit not in ("", "元"):
        return None
    per = "".join(f"每{_UNITS.get(part, part)}" for part in re.split("[/·每]", found["per"] or "") if part)
    if _lead_of(f"{per}0") != (per, "0"):
        return None
    return Quantity(number, "元" if money else unit, SCALES[found.groupdict().get("scale") or ""], per)


def _figure(text: str, unit: str | None) -> Decimal | None:
    """Give the number of a text in digits or Chinese numerals; 一 alone may be a dash, and 三 a part of a word."""
    if text[-1].isdigit():
        number = arabic(text.removeprefix("-"))
        return number.copy_negate() if number and text[0] == "-" else number
    said = (
        len(text) > 1 or text == "零"
        if unit is None
        else unit in _MEASURES and text + unit not in _NO_NUMBERS
    )
    return chinese(text) if said else None


def _unpercent(text: str) -> str:
    """Write 百分之九十五, 千分之3 and 九成五 with their signs."""
    if found := re.fullmatch(r"([百千])分之(.+)", text):
        number = Decimal(100) if found[2] == "百" else _either(found[2])
        return text if number is None else f"{show(number)}{'%' if found[1] == '百' else '‰'}"
    if found := re.fullmatch(r"([1-9](?:\.[0-9])?|[一二三四五六七八九])成([一二三四五六七八九])?", text):
        number = _either(f"{found[1]}点{found[2]}" if found[2] else found[1])
        with exact():
            return text if number is None else f"{show(number * 10)}%"
    return text


def _either(text: str) -> Decimal | None:
    number = arabic(text)
    return chinese(text) if number is None else number


# --- signs ----------------------------------------------------------------------------------------------------------

_BEFORE: Final[dict[str, Sign]] = {
    "大于或等于": "≥", "大于等于": "≥", "不得少于": "≥", "不得低于": "≥", "不少于": "≥", "不低于": "≥", "不小于": "≥", "不下于": "≥",
    "至少": "≥", "最少": "≥", "最低": "≥", ">=": "≥", "=>": "≥", "≥=": "≥", "≥": "≥",
    "小于或等于": "≤", "小于等于": "≤", "不得超过": "≤", "不得高于": "≤", "不得突破": "≤", "不超过": "≤", "未超过": "≤", "不高于": "≤",
    "不大于": "≤", "不多于": "≤", "不突破": "≤", "至多": "≤", "最多": "≤", "最高": "≤", "<=": "≤", "=<": "≤", "≤=": "≤", "≤": "≤",
    "大于": ">", "超过": ">", "高于": ">", "多于": ">", "超": ">", ">": ">",
    "小于": "<", "低于": "<", "少于": "<", "不足": "<", "不满": "<", "不到": "<", "<": "<", "等于": "=", "=": "=",
}  # fmt: skip
_AFTER: Final[dict[str, Sign]] = {
    "及以上": "≥", "或以上": "≥", "以上": "≥", "及以下": "≤", "或以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤",
}  # fmt: skip
_SIGN: Final = re.compile("|".join(re.escape(word) for word in sorted(_BEFORE, key=len, reverse=True)))
_TAIL: Final = re.compile(f"(?:{'|'.join(sorted(_AFTER, key=len, reverse=True))})$")
_INCLUDED: Final = re.compile(
    r"(?P<number>[0-9.]+)(?![0-9.])(?P<rest>[^()]*)\(含(?:本数|(?P=number)[^()0-9.]{0,2})?\)"
)
_IN_TIME: Final = re.compile(r"(.+内)(?:完成|办结|办理完毕|响应|到达|到位|拨付|支付)+")
# A name in front of its own number (合格率≥95%, 满意度达到90%以上), and words that add nothing (达到, 完成).
_LABEL: Final = re.compile(
    r"(?!每|提高|提升|降低|增加|减少)[一-鿿()]{0,15}(?:率|度|比例|比重|增幅|降幅|增速):?(?=[0-9≥≤<>=±]|达|为|在|控制|不|未超|约|近|[大小高低多少]于|超过|至少|"
    r"百分之|[一二三四五六七八九]成)"
)
_PLAIN: Final = re.compile(
    r"(?:全年|实际|累计|共计?|合计|已)?(?:达到|达|完成|实现|力争|为|在|控制[在到])?了?"
)
_TO: Final = re.compile(r"(?:(?:增长|增加|提高|提升|上升)|(下降|降低|降|减少|压减))[到至为]了?")
_ABOUT: Final = re.compile(r"(?:大约|约|≈|近(?!.+[年月日天]$))(.+)|(.+)左右")
"""近200人 is nearly 200; 近3年 is no number of years but the last three."""


def _signed(text: str) -> tuple[Sign | None, str] | Problem:
    """Take the signs off a text: (sign, rest)."""
    found: set[Sign] = set()
    while before := _SIGN.match(text):
        found.add(_BEFORE[before[0]])
        text = text[before.end() :]
    if included := _INCLUDED.match(text):
        text = f"{included['number']}{included['rest']}{text[included.end() :]}"
        if found & {">", "<"}:
            return "two_signs"
    if in_time := _IN_TIME.fullmatch(text):
        text = in_time[1]
    if after := _TAIL.search(text):
        found.add(_AFTER[after[0]])
        text = text[: after.start()]
    if len(found) > 1:
        return "two_signs"
    return (found.pop() if found else None), text


def _bare(text: str) -> tuple[str, Sign | None]:
    """Take off a label and words that add nothing; 下降到 says that less is better."""
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if change := _TO.match(text):
        return text[change.end() :], "≤" if change[1] else None
    return _PLAIN.sub("", text, count=1), None


# --- reading --------------------------------------------------------------------------------------------------------

LONGEST: Final = 80
"""Characters a target with a number has at most; what is longer is a text."""


def read(text: str) -> Reading:
    """Read a target or an actual.

    >>> read("≧100%").quantity.shown, read("98%以上").sign, read("1.2万亩").quantity.value
    ('100%', '≥', Decimal('12000.0'))
    >>> spell(read("５－８个")), spell(read("2021年12月底前")), spell(read("不得超过百分之五"))
    ('5-8个', '2021年12月底前', '≤5%')
    >>> read("显著提高"), read("290%").problem, read("8个、10套").problem, read("12月前完成").problem
    (Prose(text='显著提高'), 'scanned_bound', 'several_numbers', 'before_month')
    """
    spaced = normal(text)
    clean = re.sub(r"\s+", "", spaced).rstrip("。;,")
    clean = clean if clean[-2:-1].isdigit() else clean.removesuffix(".")
    if re.search(r"[0-9.,]\s+[0-9]", spaced):
        return Unread(text.strip(), "several_numbers")
    reading = _moment(clean) or _number(clean) if len(clean) <= LONGEST else None
    if reading is None:
        return Unread(text.strip(), _why_unread(clean)) if re.search(r"\d", clean) else Prose(text.strip())
    return Unread(text.strip(), reading) if isinstance(reading, str) else reading


_YEAR: Final = r"(?:19|20)[0-9]{2}"
_MISTAKABLE: Final[tuple[tuple[re.Pattern[str], Problem], ...]] = (
    # A scan reads ≥90% as 290%, and =100% as 二100%.
    (re.compile(r"2[1-9][0-9](?:\.[0-9]+)?%|2100%|二[0-9]+(?:\.[0-9]+)?%?"), "scanned_bound"),
    (re.compile(r"(?:19[5-9]|20[0-4])[0-9]"), "year_or_number"),
    (re.compile(rf"{_YEAR}(?:[-/.]?(?:0[1-9]|1[0-2])|[-/.][1-9])|{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])"), "compact_date"),
)  # fmt: skip


def _number(clean: str) -> Bound | Range | Problem | None:
    if problem := _mistakable(clean):
        return problem
    text, tendency = _bare(clean)
    lead, text = _lead_of(text)
    found = _range(text) or _bound(text, tendency)
    if isinstance(found, Bound | Range) and not lead:  # 满意度2021, 达到2021年
        spelled = spell(found)
        if problem := _mistakable(spelled) or ("date_in_text" if _moment(spelled) else None):
            return problem
    if not lead or found is None or isinstance(found, str):
        return found
    if isinstance(found, Range):
        return (
            None if found.low.lead else Range(replace(found.low, lead=lead), replace(found.high, lead=lead))
        )
    return None if found.quantity.lead else replace(found, quantity=replace(found.quantity, lead=lead))


def _mistakable(text: str) -> Problem | None:
    return next((problem for pattern, problem in _MISTAKABLE if pattern.fullmatch(text)), None)


def _bound(text: str, tendency: Sign | None) -> Bound | Problem | None:
    signed = _signed(text)
    if isinstance(signed, str):
        return signed
    sign, text = signed
    about = _ABOUT.fullmatch(text)
    if about and (sign or tendency):
        return "approximate_bound"
    text = (about[1] or about[2]) if about else _PLAIN.sub("", text, count=1)
    quantity = _quantity(_unbracketed(text))
    return Bound(sign or tendency, quantity, about is not None) if quantity else None


def _unbracketed(text: str) -> str:
    """Write 50(个) and 1台(套) without brackets."""
    found = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    return f"{found[1]}{found[2]}" if found and found[2] in _MEASURES else text


_JOIN: Final = r"(?:[-~]|[—–―─]{1,2}|至|到)"
_BOTH: Final = re.compile(
    r"(?:≥|不少于|不低于|大于等于)(?P<low>.+?)[且并、,;]?(?:≤|不超过|不高于|不大于|小于等于)(?P<high>.+)"
)
_SPAN: Final = re.compile(
    rf"(?P<low>(?:-?{ARABIC}|[{CHINESE}]+)[^0-9]*?){_JOIN}(?P<high>(?:-?{ARABIC}|[{CHINESE}])[^0-9]*)"
)
_TOLERANCE: Final = re.compile(r"(?:≤|不超过)?(?P<middle>[^±]*)(?:±|正负)(?P<part>.+)")


def _range(text: str) -> Range | Problem | None:
    text = re.sub(r"(?:之间|以内|之内|内)$", "", text)
    if tolerance := _TOLERANCE.fullmatch(text):
        return _around(tolerance["middle"], tolerance["part"])
    found = _BOTH.fullmatch(text) or _SPAN.fullmatch(text)
    if not found:
        return None
    high = _quantity(found["high"])
    low = _quantity(found["low"])
    if low is None and (said := chinese(found["low"])) is not None:
        low = Quantity(said)
    if low is None or high is None:
        return None
    if not low.unit and not low.lead:
        low = replace(low, unit=high.unit, lead=high.lead, scale=high.scale if low.scale == 1 else low.scale)
    if (low.unit, low.lead) != (high.unit, high.lead):
        return "several_numbers"
    return _ordered(low, high)


def _around(middle: str, part: str) -> Range | Problem | None:
    """Read 100±5分; ±5% of anything but a percentage could be two things."""
    centre, off = (_quantity(middle) if middle else None), _quantity(part)
    if off is None or (middle and centre is None):
        return None
    if centre is None:
        return _ordered(replace(off, number=off.number.copy_negate()), off)
    if off.unit == "%" != centre.unit:
        return "relative_tolerance"
    if not centre.unit:
        centre = replace(
            centre, unit=off.unit, lead=off.lead, scale=off.scale if centre.scale == 1 else centre.scale
        )
    if replace(centre, number=off.number) != off:
        return "several_numbers"
    with exact():
        ends = plain(centre.number - off.number), plain(centre.number + off.number)
    if any(arabic(show(end.copy_abs())) is None for end in ends):
        return "too_long"
    return _ordered(replace(off, number=ends[0]), replace(off, number=ends[1]))


def _ordered(low: Quantity, high: Quantity) -> Range | Problem:
    return Range(low, high) if low.value < high.value else "empty_range"


# --- dates ----------------------------------------------------------------------------------------------------------

_DATED: Final = re.compile(rf"[年月季]|{_YEAR}[-/.]")
_DONE: Final = re.compile(r"(?:按时|按期|完成|完工|竣工|验收|投入使用|交付使用|交付|拨付|到位|开工)+$")
_BY: Final = r"(?P<before>之前|以前|前|内)?"
_DAY: Final = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]{_BY}"
)
_ISO_DAY: Final = re.compile(rf"(?P<year>{_YEAR})([-/.])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}}){_BY}")
_MONTH: Final = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<month>[0-9]{{1,2}})月份?(?P<part>上旬|中旬|下旬|底|末)?{_BY}"
)
_YEARLY: Final = re.compile(rf"(?:(?P<year>{_YEAR})年度?|当年度?|本年度?|(?P<any>年))(?P<part>底|末)?{_BY}")
_QUARTER: Final = re.compile(
    rf"(?:(?P<year>{_YEAR})年|当年|本年)?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)(?P<part>底|末)?{_BY}"
)
_SPANS: Final = re.compile(
    rf"[自从]?(?:{_YEAR}[-0-9年月日号度/.]*?{_JOIN}{_YEAR}[-0-9年月日号度底末/.]*|(?:{_YEAR}年)?[0-9]{{1,2}}月?(?:[0-9]{{1,2}}[日号])?{_JOIN}"
    rf"(?:{_YEAR}年)?[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号]|[底末])?|(?:{_YEAR}年)?[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?{_JOIN}[0-9]{{1,2}}[日号]|"
    rf"(?:{_YEAR}年)?第?[一二三四1-4](?:季度)?{_JOIN}第?[一二三四1-4]季度)(?:期间|之间|止)?"
)
_PARTS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None), "底": (1, None), "末": (1, None), None: (1, None)}  # fmt: skip
_HALVES: Final = {"上": (1, 6), "下": (7, 12)}


def _moment(clean: str) -> Moment | Problem | None:
    """Read a day, month, quarter or year as a deadline or date; None when the text is no date."""
    if not _DATED.search(clean):
        return None
    text = _DONE.sub("", re.sub(r"^[于在]", "", _arabic_date(clean)))
    if found := _DAY.fullmatch(text) or _ISO_DAY.fullmatch(text):
        return _day(found)
    if found := _MONTH.fullmatch(text):
        return _month(found)
    if found := _YEARLY.fullmatch(text):
        return _whole_year(found)
    if found := _QUARTER.fullmatch(text):
        return _quarter(found)
    if _SPANS.fullmatch(text):
        return "period"
    return "after_date" if re.search(r"[0-9][月年日号][底末]?(?:以后|之后|后|起)$", text) else None


def _arabic_date(text: str) -> str:
    """Write 二〇二一年十二月三十一日 in digits; 三个月 and 一年 are no dates and stay."""

    def figures(found: re.Match[str]) -> str:
        if found[1]:
            return "".join(str("〇一二三四五六七八九".index(c)) for c in found[1].replace("零", "〇"))
        number = chinese(found[2])
        return found[0] if number is None else str(number)

    return re.sub(
        r"([一二][〇零一二三四五六七八九]{3})(?=年)|([一二三四五六七八九十]+)(?=月|[日号])", figures, text
    )


def _year_of(found: re.Match[str]) -> int | None:
    return int(found["year"]) if found["year"] else None


def _day(found: re.Match[str]) -> Moment | Problem:
    year, month, day = _year_of(found), int(found["month"]), int(found["day"])
    try:
        dt.date(year or 2001, month, day)  # 29 February is a day only where the leap year is written
    except ValueError:
        return "no_such_date"
    return Moment(year, month, day, day, found["before"] is not None)


def _month(found: re.Match[str]) -> Moment | Problem:
    year, month, part, before = _year_of(found), int(found["month"]), found["part"], found["before"]
    if not 1 <= month <= 12:
        return "no_such_date"
    if before and part is None:
        if before != "内":
            return "before_month"  # 12月前: with or without December?
        if year is None:
            return "month_or_months"  # 3月内: in March, or within three months?
    return Moment(year, month, *_PARTS[part], before is not None)


def _whole_year(found: re.Match[str]) -> Moment | Problem | None:
    year, part, before = _year_of(found), found["part"], found["before"]
    if part:
        return Moment(year, 12, before=before is not None)
    if found["any"] and before != "内":
        return None  # 年, 年前
    return "before_month" if before not in (None, "内") else Moment(year, before=before is not None)


def _quarter(found: re.Match[str]) -> Moment | Problem:
    year, part, before = _year_of(found), found["part"], found["before"]
    if before not in (None, "内") and part is None:
        return "before_month"
    number = "一二三四1234".find(found["quarter"] or "") % 4
    opens, closes = _HALVES[found["half"]] if found["half"] else (3 * number + 1, 3 * number + 3)
    return Moment(year, closes, before=before is not None, opens=None if part or before else opens)


# --- what can't be read ---------------------------------------------------------------------------------------------

_WHY: Final[tuple[tuple[re.Pattern[str], Problem], ...]] = (
    (re.compile(r"[0-9](?:[,.]?[0-9]){18}"), "too_long"),
    (re.compile(r"(?<![A-Za-z])[OoIl]+[0-9]|[0-9][OoIl]"), "scanned_digit"),
    (re.compile(r"[0-9][:/⁄比][0-9]"), "ratio"),
    (re.compile(r"[0-9][百千万亿]*[余多几]"), "vague"),
    (
        re.compile(rf"{_YEAR}年|[0-9]年.*[0-9]月|[0-9]月.*[0-9][日号]|[0-9][年月日号](?:[底末]|之?以?前)"),
        "date_in_text",
    ),
    (re.compile(r"[0-9](?:A*级|[类等星号])|[0-9]A+$"), "rank"),
)


def _why_unread(clean: str) -> Problem:
    """Name what keeps a text with digits from being read; the beginning of a long text decides."""
    for pattern, problem in _WHY:
        if pattern.search(clean, 0, 5 * LONGEST):
            return problem
    return "several_numbers" if len(re.findall(ARABIC, clean)) > 1 else "number_in_text"


# --- writing --------------------------------------------------------------------------------------------------------


def spell(reading: Reading) -> str:
    """Write a reading in its normal spelling; reading that gives the same reading.

    >>> [spell(read(t)) for t in ("每亩300", "300元/亩", "同比增长≥5%", "100±5分", "九成以上", "二季度末前")]
    ['每亩300', '每亩300元', '同比增长≥5%', '95-105分', '≥90%', '6月底前']
    """
    match reading:
        case Bound(sign, quantity, approximate):
            bare = replace(quantity, lead="").shown
            return f"{quantity.lead}{'约' if approximate else ''}{sign or ''}{bare}"
        case Range():
            return _spell_range(reading)
        case Moment():
            return _spell_moment(reading)
        case _:
            return reading.text


def _spell_range(one: Range) -> str:
    lead, high = one.high.lead, replace(one.high, lead="").shown
    if one.low.scale != one.high.scale:
        return f"{lead}{replace(one.low, lead='').shown}-{high}"
    if one.low.number == one.high.number.copy_negate():
        return f"{lead}±{high}以内"
    return f"{lead}{show(one.low.number)}-{high}"


def _spell_moment(one: Moment) -> str:
    year, before = f"{one.year}年" if one.year else "", "前" if one.before else ""
    if one.month is None:
        return f"{year or '当年'}{'内' if one.before else ''}"
    if one.opens:
        half = next(
            (f"{name}半年" for name, months in _HALVES.items() if months == (one.opens, one.month)), None
        )
        return year + (half or f"第{'一二三四'[one.month // 3 - 1]}季度")
    if one.since == one.until:
        return f"{year}{one.month}月{one.since}日{before}"
    part = next(name for name, days in _PARTS.items() if days == (one.since, one.until))
    return f"{year}{one.month}月{part if before or part != '底' else ''}{before}"


# --- comparing ------------------------------------------------------------------------------------------------------

# The same unit by another name, and exact multiples: unit → (base, how many of it).
_BASE: Final = {
    "名": ("人", 1), "位": ("人", 1), "日": ("天", 1), "%": ("‰", 10), "厘米": ("毫米", 10),
    "米": ("毫米", 1000), "千米": ("毫米", 1_000_000), "公里": ("毫米", 1_000_000), "克": ("毫克", 1000),
    "公斤": ("毫克", 1_000_000), "千克": ("毫克", 1_000_000), "吨": ("毫克", 10**9), "平方公里": ("平方米", 1_000_000),
    "公顷": ("平方米", 10_000), "升": ("毫升", 1000),
}  # fmt: skip


def comparable(target: Quantity, actual: Quantity) -> Quantity | None:
    """Give the actual on the target's terms, or None where the two can't be compared.

    An actual without unit takes the target's: forms print the unit once. Other units are not converted by guess;
    万, 亿 and metric multiples are exact.

    >>> comparable(read("≥11.376万元").quantity, read("120000元").quantity).value
    Decimal('120000')
    >>> comparable(read("≥2公里").quantity, read("1500米").quantity).shown
    '1.5公里'
    >>> comparable(read("192只").quantity, read("12头").quantity) is None
    True
    """
    if not actual.unit and not actual.lead:
        scale = target.scale if actual.scale == 1 else actual.scale
        return replace(target, number=actual.number, scale=scale)
    if actual.lead != target.lead:
        return None
    if not target.unit:
        # 100 against 120万元: the target may be in 万元 as well.
        return actual if target.scale != 1 or actual.scale == 1 else None
    base, factor = _BASE.get(target.unit, (target.unit, 1))
    other, times = _BASE.get(actual.unit, (actual.unit, 1))
    if base != other:
        return None
    with exact():
        return replace(actual, number=plain(actual.number * times / factor), unit=target.unit)

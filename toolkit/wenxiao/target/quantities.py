"""Numbers with their units: 1.2万亩, 95%, 九成五, 300元/亩, 三次."""

import re
from decimal import Decimal
from typing import Final

from wenxiao.money import exact, show
from wenxiao.numerals import ARABIC, CHINESE, arabic, chinese, read_numeral
from wenxiao.target.kinds import SCALES, Quantity

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
MEASURES: Final = frozenset(_MEASURE_WORDS.split())
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


def lead_of(text: str) -> tuple[str, str]:
    """Split ``较上年增长5%`` or ``每亩300元`` into the normal lead and the rest; the lead is empty where there is none."""
    if each := _EACH.match(text):
        return each[0], text[each.end() :]
    if change := _CHANGE.match(text):
        since = change[1] if change[1] in (None, "年均", "环比") else "同比"
        return f"{since or ''}{'增长' if change[2] else '下降'}", text[change.end() :]
    return "", text


def read_quantity(text: str) -> Quantity | None:
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
    if lead_of(f"{per}0") != (per, "0"):
        return None
    return Quantity(number, "元" if money else unit, SCALES[found.groupdict().get("scale") or ""], per)


def _figure(text: str, unit: str | None) -> Decimal | None:
    """Give the number of a text in digits or Chinese numerals; 一 alone may be a dash, and 三 a part of a word."""
    if text[-1].isdigit():
        number = arabic(text.removeprefix("-"))
        return number.copy_negate() if number and text[0] == "-" else number
    said = (
        len(text) > 1 or text == "零" if unit is None else unit in MEASURES and text + unit not in _NO_NUMBERS
    )
    return chinese(text) if said else None


def _unpercent(text: str) -> str:
    """Write 百分之九十五, 千分之3 and 九成五 with their signs."""
    if found := re.fullmatch(r"([百千])分之(.+)", text):
        number = Decimal(100) if found[2] == "百" else read_numeral(found[2])
        return text if number is None else f"{show(number)}{'%' if found[1] == '百' else '‰'}"
    if found := re.fullmatch(r"([1-9](?:\.[0-9])?|[一二三四五六七八九])成([一二三四五六七八九])?", text):
        number = read_numeral(f"{found[1]}点{found[2]}" if found[2] else found[1])
        with exact():
            return text if number is None else f"{show(number * 10)}%"
    return text

"""Signs and the words that stand for them: ≥, 不少于, 以上, 约, 下降到; and words that add nothing to a number."""

import re
from typing import Final

from wenxiao.target.kinds import Problem, Sign

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
# A name in front of its own number: 合格率≥95%, 满意度达到90%以上.
_LABEL: Final = re.compile(
    r"(?!每|提高|提升|降低|增加|减少)[一-鿿()]{0,15}(?:率|度|比例|比重|增幅|降幅|增速):?(?=[0-9≥≤<>=±]|达|为|在|控制|不|未超|约|近|[大小高低多少]于|超过|至少|"
    r"百分之|[一二三四五六七八九]成)"
)
PLAIN: Final = re.compile(r"(?:全年|实际|累计|共计?|合计|已)?(?:达到|达|完成|实现|力争|为|在|控制[在到])?了?")
"""What adds nothing to a number; it matches every text, if only with nothing."""
_TO: Final = re.compile(r"(?:(?:增长|增加|提高|提升|上升)|(下降|降低|降|减少|压减))[到至为]了?")
ABOUT: Final = re.compile(r"(?:大约|约|≈|近(?!.+[年月日天]$))(.+)|(.+)左右")
"""近200人 is nearly 200; 近3年 is no number of years but the last three."""

JOIN: Final = r"(?:[-~]|[—–―─]{1,2}|至|到)"
"""What stands between two ends: 5-8个, 3月至5月."""


def split_sign(text: str) -> tuple[Sign | None, str] | Problem:
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


def without_label(text: str) -> tuple[str, Sign | None]:
    """Take off a label and words that add nothing; 下降到 says that less is better."""
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if change := _TO.match(text):
        return text[change.end() :], "≤" if change[1] else None
    return PLAIN.sub("", text, count=1), None

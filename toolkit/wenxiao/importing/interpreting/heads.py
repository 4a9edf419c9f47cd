"""What a column is called on the forms of the ministry and the provinces → what it holds."""

import re
from functools import lru_cache
from typing import Final, Literal

from wenxiao.importing.interpreting.cleaning import bare, without_points

Role = Literal[
    "category", "subcategory", "name", "sign", "value", "measure", "target", "actual", "points", "score", "cause", "action",
    "rule", "share", "other", "label", "original", "adjusted", "outturn", "rate", "adjustment", "received",
    "remainder",
]  # fmt: skip
"""``sign``, ``value`` and ``measure`` are 指标性质, 指标值 and 度量单位 in columns of their own; ``other`` has no field."""

_TOTAL: Final = re.compile(r"(?:自评|综合|评价)?(?:总分|总得分|得分合计|总计|合计|总评分|合计得分|自评得分)")
_SECOND: Final = (
    r"(?:财政|主管)?(?:部门|局)?(?:审核|复核|复评|评审|核定)(?:得|评)?(?:分值?|分数|情况|意见|结果)?"
)
_INDICATORS: Final[tuple[tuple[Role, str], ...]] = (
    ("category", r"一级(?:指标|目标)?"),
    ("subcategory", r"二级(?:指标|目标)?"),
    ("name", r"(?:三级|四级)(?:指标|目标)?(?:名称)?|指标名称|具体指标|绩效指标名称|指标内容"),
    ("sign", r"(?:指标)?性质|运算符号?|计算符号|符号|指标性质"),
    ("measure", r"(?:度量|计量|指标)?单位"),
    ("target", r"(?:20\d\d年)?(?:年度|全年|预期|年初|计划|目标|三级|度)?(?:绩效)?指标值|计划完成值|(?:年度|年初|预期|全年|绩效)?目标值|指标目标值|年初指标值|计划值|预期值|年初目标"),
    ("actual", r"(?:全年|年度|年末)?实际(?:完成)?(?:指标)?(?:值|情况|完成|完成情况)|(?:全年|年度|指标|实际)*完成(?:指标)?(?:值|情况)|自评结果|实际完成|实现值"),
    ("points", r"(?:指标|标准|自评|设定|三级)?(?:分值|权重|权重分|分数|满分|分值权重|权重分值|赋分)"),
    ("score", r"(?:自评|实际|指标|评价|单位)?(?:得分|评分|自评分|分数得分)(?:情况)?"),
    ("share", r"得分系数"),
    ("rule", r"(?:得分|评分|计分|赋分)(?:标准|规则|计算方法|方法|办法)|计算方法|评价标准"),
    ("cause", r"(?:偏差|未完成|偏离|差异|未达标|扣分)(?:较?大)?(?:或(?:目标)?未完成)?(?:的)?(?:原因|情况)(?:分析|说明)*(?:[及和与]?(?:拟采取的)?(?:改进)?(?:的)?措施)?|原因(?:分析|说明)?|偏差原因分析及改进措施|备注(?:说明)?|情况说明|原因分析及改进措施"),
    ("action", r"(?:拟采取的?)?改进措施"),
    ("other", rf"{_SECOND}|是否核心指标|调整指标值|指标解释|指标说明|指标来源|指标值设定依据|数据来源|佐证材料.*|序号|(?:完成|偏[差离])(?:率|度)|完成比例|上年.*值|历史.*"),
)  # fmt: skip
_BUDGET: Final[tuple[tuple[Role, str], ...]] = (
    ("original", r"(?:年初|期初)(?:部门)?(?:预算|安排|批复)*(?:数|金额|资金|额)?"),
    ("adjustment", r"(?:年中|年度)?(?:预算)?(?:调整|追加)(?:数|金额|情况)?"),
    ("adjusted", r"(?:全年|年度|本年|本年度|调整后)(?:的)?预算(?:资金)?(?:总)?(?:数|额|金额)?|全年资金(?:数|额)|预算(?:数|金额|安排数?|总额)?|小计③?|全年预算|调整后预算"),
    ("outturn", r"(?:全年|年度|预算|实际|资金)?(?:执行|支出|使用)(?:决算)?(?:数|金额|额)|决算数|(?:年度|全年)?拨付(?:数|金额)?|实际(?:支出|使用)(?:数|金额)?|全年执行|执行|支出数"),
    ("received", r"(?:实际)?到位(?:资金|数|金额)?|资金到位数?"),
    ("rate", r"(?:预算|资金|全年|支出)?(?:执行|实现|支出|完成)率%?"),
    ("points", r"(?:指标|执行率)?(?:分值|权重|权重分|满分)"),
    ("score", r"(?:自评|实际|执行率)?(?:得分|评分|自评分)"),
    ("cause", r"(?:未完成|偏差|执行率?低?|差异)?(?:的)?原因(?:分析|说明)*(?:及(?:改进)?措施)?|备注"),
    ("action", r"改进措施"),
    ("remainder", r"(?:本年度|年度|年末)?(?:资金)?结余(?:数|资金|金额)?"),
    ("other", rf"{_SECOND}|(?:资金)?(?:结余|到位)率|结转结余.*|剩余.*|得分计算方法"),
    ("label", r"(?:资金)?(?:来源|名称|性质)|项目|支出(?:名称|内容)|资金来源名称"),
)  # fmt: skip


def _compiled(table: tuple[tuple[Role, str], ...]) -> list[tuple[Role, re.Pattern[str]]]:
    return [(role, re.compile(rf"(?:{pattern})")) for role, pattern in table]


_KNOWN: Final = {"indicators": _compiled(_INDICATORS), "budget": _compiled(_BUDGET)}


def is_total_label(text: str) -> bool:
    """Tell the label of the row 总分.

    >>> is_total_label("总 分（100分）"), is_total_label("总分数")
    (True, False)
    """
    return bool(_TOTAL.fullmatch(without_points(text).strip(":")))


def is_second_score(text: str) -> bool:
    """Tell the heading of what somebody else says of the unit's own scores.

    >>> is_second_score("财政审核评分"), is_second_score("复核得分"), is_second_score("自评得分")
    (True, True, False)
    """
    return re.fullmatch(_SECOND, bare(text).strip(":")) is not None


@lru_cache(4096)
def role_of(kind: Literal["indicators", "budget"], text: str) -> Role | None:
    """Give what a column with this heading holds; None where the heading is not known.

    >>> role_of("indicators", "偏差原因分析及\\n改进措施"), role_of("budget", "全年预算数（A）"), role_of("indicators", "总量")
    ('cause', 'adjusted', None)
    """
    plain = re.sub(r"\[[^\]]*\]", "", bare(text)).strip(":*★#")
    plain = re.sub(r"#?[=＝].*$|#$|[A-Z]$", "", plain).strip("：:")
    return next((role for role, known in _KNOWN[kind] if known.fullmatch(plain)), None)

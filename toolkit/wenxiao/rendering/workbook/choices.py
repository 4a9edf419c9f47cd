"""The sheet 选项: what the drop-downs offer, and the words that formulas look for."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from wenxiao.rendering.workbook.books import Book, letter, put
from wenxiao.rendering.workbook.marks import CHOICES
from wenxiao.rubric import rubric_ids
from wenxiao.target import Bound, read
from wenxiao.target.quantities import MEASURES
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, SUBCATEGORIES

SIGNS: Final = ("≥", "≤", "=", ">", "<")
WORDS_ONLY: Final = "定性"
CLASSIFICATIONS: Final = {"public": "公开", "internal": "内部", "secret": "涉密"}
COLUMNS: Final = {"original": "年初预算数", "adjusted": "全年预算数", "outturn": "全年执行数"}
# Where one of these stands, the program may read a number, a day or a range: the formula leaves it to the program.
_NUMERALS: Final = "0123456789０１２３４５６７８９一二两三四五六七八九十百千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟半成年月日号季度±"
_UNWELCOME: Final = "返工 事故 投诉 差错 错误 缺陷 故障 死亡 伤亡 发病 感染 失业 流失 辍学 损耗 违规 逾期 延误 排放 超标 不合格"
_LASTING: Final = "天 日 个工作日 工作日 周 个月 小时 分钟 年"
_LEVEL_NAMES: Final = (
    "达成指标 达成目标 达成年度指标 达成年度目标 达成预期指标 达成预期目标 部分达成 部分实现 实现目标程度"
)
_OPEN: Final = "增长 增幅 提高 提升 完成率 收益 回报 负债 杠杆 周转 超额 产出比 投入比 浓度 强度 速度 高度 长度 宽度 厚度 温度 密度"


def is_known_unit(unit: str) -> bool:
    """Tell whether a number before this unit is read as that number, whatever sign stands before it.

    >>> is_known_unit("个"), is_known_unit("万元"), is_known_unit("以上"), is_known_unit("月")
    (True, True, False, False)
    """
    readings = [read(f"{sign}8{unit}") for sign in ("", *SIGNS)]
    bounds = [one for one in readings if isinstance(one, Bound) and not one.approximate]
    return len(bounds) == len(readings) and all(
        one.quantity.number == 8 and not one.quantity.lead and (one.sign or "") == sign
        for one, sign in zip(bounds, ("", *SIGNS), strict=True)
    )


@cache
def common_units() -> tuple[str, ...]:
    """Give the units offered, in a fixed order."""
    more = {"%", "万元", "亿元", "万人", "万亩", "万人次", "万平方米", "公里", "元/人", "元/亩"}
    return tuple(
        sorted((unit for unit in MEASURES | more if is_known_unit(unit)), key=lambda u: (u != "%", u))
    )


def write_choices(book: Book, units: Iterable[str], rubrics: Iterable[str]) -> dict[str, str]:
    """Write the lists; ``units`` and ``rubrics`` add the form's own. Gives name → address of a list."""
    lists: dict[str, Iterable[str]] = {
        "金额单位": ("元", "万元", "亿元"),
        "评分规则": dict.fromkeys((*rubric_ids(), *rubrics)),
        "一级指标": CATEGORIES.values(),
        "二级指标": SUBCATEGORIES.values(),
        "指标性质": (*SIGNS, WORDS_ONLY),
        "度量单位": dict.fromkeys((*common_units(), *(u for u in units if is_known_unit(u)))),
        "达成档次": LEVELS.values(),
        "计分方法": METHODS.values(),
        "等级": GRADES.values(),
        "密级": CLASSIFICATIONS.values(),
        "所列的栏": COLUMNS.values(),
        "是否": ("true", "false"),
        "数字": tuple(_NUMERALS),
        "不希望的": _UNWELCOME.split(),
        "时长单位": _LASTING.split(),
        "档次名称": _LEVEL_NAMES.split(),
        "可超过一百": _OPEN.split(),
    }
    sheet, found = book.sheet(CHOICES), {}
    for column, (name, entries) in enumerate(lists.items(), 1):
        put(sheet, 1, column, name, book.look("plain_head"))
        rows = list(entries)
        for row, entry in enumerate(rows, 2):
            put(sheet, row, column, entry, book.look("plain"))
        found[name] = f"{CHOICES}!${letter(column)}$2:${letter(column)}${len(rows) + 1}"
    sheet.set_column(0, len(lists) - 1, 16)
    sheet.protect()
    sheet.hide()
    return found

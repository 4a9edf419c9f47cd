"""The lower part of 自评表: 绩效指标, 总分, and beside them what is not printed."""

from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.model import Project
from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.addresses import step, whole
from wenxiao.rendering.workbook.books import letter, merge, put
from wenxiao.rendering.workbook.cells import Pen
from wenxiao.rendering.workbook.exactness import LONGEST
from wenxiao.rendering.workbook.layout import COLUMNS, LAST_PRINTED, WIDTHS, IndicatorRow
from wenxiao.rendering.workbook.splitting import split
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, SUBCATEGORIES

_HINTS: Final = {
    "category": ("一级指标", "从列表中选；同一组各行共用。"),
    "subcategory": ("二级指标", "从列表中选，可以空着。"),
    "name": ("三级指标", "只写衡量什么，不写指标值。每行一个指标。"),
    "sign": ("指标性质", "≥ 不少于，≤ 不超过，= 等于；文字目标选“定性”；日期和区间留空。"),
    "value": ("指标值", "只写数字，例如 95；或整句写，例如 2021年12月底前、显著提高。"),
    "unit": ("度量单位", "例如 %、个、万元；指标值是文字时留空。"),
    "actual": ("实际完成值", "写测得的数和单位，例如 96%、8个；不要照抄“≥95%”。"),
    "points": ("分值", "只写数字，例如 15。表上没有分值就空着。"),
    "cause": ("偏差原因分析", "没有得满分、或大幅超过指标值时必须写。"),
    "action": ("改进措施", "准备怎样改。"),
    "level": ("达成档次", "只有定性指标才选。"),
    "share": ("档内比例或得分系数", "例如 95%；要落在所选档次的区间里。"),
    "method": ("计分方法", "空着就按评分规则。"),
    "rule": ("评分标准", "本指标自己的规则，例如 每降5%扣1分，扣完为止；得分由程序计算。"),
    "printed": ("原表得分", "原来文件上写的得分，只核对，不参与计算。"),
    "planned_as": ("绩效目标表中的名称", "与三级指标名称不同时才写。"),
    "goal": ("对应第几个年度目标", "只有按目标分配分值的表才写，例如 1。"),
}  # fmt: skip
_LISTS: Final = {
    "category": "一级指标", "subcategory": "二级指标", "sign": "指标性质", "unit": "度量单位", "level": "达成档次", "method": "计分方法",
}  # fmt: skip
_LABELS: Final = {
    "category": "一级指标", "subcategory": "二级指标", "name": "三级指标", "actual": "实际完成值", "points": "分值", "score": "得分",
    "remark": "核对（不打印）", "number": "行号", "level": "达成档次", "share": "档内比例或得分系数", "method": "计分方法", "rule": "评分标准",
    "printed": "原表得分", "planned_as": "绩效目标表中的名称", "goal": "对应目标",
}  # fmt: skip
"""Heading of a column; 年度指标值 and 偏差原因分析及改进措施 are divided below their heading."""
_DIVIDED: Final = {
    "年度指标值": {"sign": "指标性质", "value": "指标值", "unit": "度量单位"},
    "偏差原因分析及改进措施": {"cause": "偏差原因分析", "action": "改进措施"},
}
NOTES: Final = (
    "说明：1.浅黄色的格子由填报单位填写，其余由公式算出或固定不变。2.执行率＝全年执行数（B）÷全年预算数（A），全年预算数为调整后的数，含上年结转。"
    "3.年度资金总额空着时由各资金来源相加；另有总额的直接写上，会与合计核对。4.得分由公式按所选评分规则计算；公式读不准的，打印前由程序计算。"
)


def write_lower(pen: Pen, project: Project | None, evaluation: Evaluation | None) -> None:
    """Write it; ``evaluation`` gives the values that programs show which don't compute."""
    _indicators(pen, project, evaluation)
    _result(pen, evaluation)


def _indicators(pen: Pen, project: Project | None, evaluation: Evaluation | None) -> None:
    layout = pen.layout
    _heads(pen)
    merge(pen.sheet, layout.head, 1, layout.last, 1, "绩效指标", pen.book.look("label"))
    index = {id(one): i for i, one in enumerate(project.indicators)} if project else {}
    scores = {id(r.indicator): r.score.value for r in evaluation.indicators} if evaluation else {}
    for one in layout.indicators:
        _row(pen, one, index.get(id(one.indicator), 0), scores.get(id(one.indicator)))
    _merged_groups(pen)
    for name, (title, hint) in _HINTS.items():
        column = letter(COLUMNS[name])
        where = f"{column}{layout.first}:{column}{layout.last}"
        if name in _LISTS:
            pen.choose(where, _LISTS[name], title, hint, strict=name not in ("unit", "sign"))
        elif name == "points":
            pen.not_negative(where, title, hint)
        else:
            pen.hint(where, title, hint)


def _heads(pen: Pen) -> None:
    head = pen.layout.head
    for name, text in _LABELS.items():
        pen.label(head, COLUMNS[name], COLUMNS[name], text, bottom=head + 1, look="head")
    for text, below in _DIVIDED.items():
        columns = [COLUMNS[name] for name in below]
        pen.label(head, columns[0], columns[-1], text, look="head")
        for name, label in below.items():
            pen.label(head + 1, COLUMNS[name], COLUMNS[name], label, look="head")


def _merged_groups(pen: Pen) -> None:
    groups: dict[tuple[str, int], list[IndicatorRow]] = {}
    for one in pen.layout.indicators:
        groups.setdefault(("category", one.tops[0]), []).append(one)
        groups.setdefault(("subcategory", one.tops[1]), []).append(one)
    for (name, top), rows in groups.items():
        first = rows[0]
        sub = SUBCATEGORIES[first.subcategory] if first.subcategory else ""
        text = CATEGORIES[first.category] if name == "category" else sub
        merge(pen.sheet, top, COLUMNS[name], rows[-1].row, COLUMNS[name], text, pen.book.look("input_centre"))


_FACTS: Final = {
    "name": "name", "actual": "actual", "cause": "deviation_cause", "action": "corrective_action", "rule": "rule", "planned_as": "planned_as",
}  # fmt: skip
"""Column of a text → the fact it holds."""
_LINE: Final = 15
"""Points of one line of text."""


def _row(pen: Pen, one: IndicatorRow, index: int, score: Decimal | None) -> None:
    row, indicator, at = one.row, one.indicator, COLUMNS
    sign, value, unit = split(indicator.target if indicator else None)
    texts = {name: (fact, getattr(indicator, fact, None)) for name, fact in _FACTS.items()}
    texts["value"] = ("target", value)
    texts["printed"] = ("printed.score", indicator.printed.score if indicator else None)
    for name, (fact, text) in texts.items():
        look = "text_centre" if name in ("value", "actual", "printed") else "text"
        pen.text(row, at[name], at[name], f"indicators[{index}].{fact}", text, look)
    chosen = {
        "sign": sign, "unit": unit, "level": LEVELS[indicator.level] if indicator and indicator.level else "",
        "method": METHODS[indicator.method] if indicator and indicator.method else "",
    }  # fmt: skip
    for name, word in chosen.items():
        put(pen.sheet, row, at[name], word, pen.book.look("text_centre"))
    pen.decimal(
        row, at["points"], at["points"], indicator.points if indicator else None, "input_centre", False
    )
    _share(pen, row, indicator.share if indicator else None)
    goal = indicator.goal if indicator else None
    put(pen.sheet, row, at["goal"], goal, pen.book.look("input_centre", num_format="0"))
    put(pen.sheet, row, at["number"], one.number, pen.book.look("made"))
    earned = float(score) if score is not None else ""
    pen.made(row, at["score"], at["score"], step("得分", row), earned, num_format=pen.score)
    pen.remark(row, remarks.of_indicator(row, pen.rules))
    if one.hidden:
        pen.sheet.set_row(row - 1, 20, None, {"hidden": True, "level": 1})
    else:
        lines = [lines_of(text, WIDTHS[at[name] - 1]) for name, (_, text) in texts.items() if text]
        pen.sheet.set_row(row - 1, min(400, 5 + _LINE * max(lines, default=1)))


def lines_of(text: str, width: float) -> int:
    """Give how many lines a text takes in a column so wide (in characters of half width)."""
    return sum(1 + sum(2 if ord(c) > 255 else 1 for c in line) // int(width) for line in text.split("\n"))


def _share(pen: Pen, row: int, share: Decimal | None) -> None:
    text = "" if share is None else f"{(share * 100).normalize():f}%"
    whole_percent = share is not None and len(text) <= 12
    style = pen.book.look("input_centre", num_format="0.######%" if "." in text else "0%")
    put(
        pen.sheet, row, COLUMNS["share"], float(share) if whole_percent and share is not None else text, style
    )


def _result(pen: Pen, evaluation: Evaluation | None) -> None:
    row = pen.layout.total
    pen.label(row, 1, 8, "总分")
    shown = float(evaluation.total) if evaluation is not None and evaluation.total is not None else ""
    pen.made(row, 9, 9, f'IF({whole("有分值的指标")}=0,"",{whole("分值合计")})')
    pen.made(row, 10, 10, whole("总分"), shown, num_format=pen.score)
    grade = GRADES[evaluation.grade] if evaluation is not None and evaluation.grade else ""
    pen.made(
        row, 11, 12, f'IF({whole("等级")}="","","等级："&{whole("等级")})', f"等级：{grade}" if grade else ""
    )
    pen.remark(row, remarks.of_result(pen.layout, pen.rules))
    merge(
        pen.sheet, row + 1, 1, row + 1, LAST_PRINTED, _notes(evaluation), pen.book.look("prose", font_size=9)
    )
    pen.sheet.set_row(row, 40)


def _notes(evaluation: Evaluation | None) -> str:
    """Give the notes below the form; a what-if says so first."""
    replaced = evaluation.project.overrides if evaluation else ()
    if not replaced:
        return NOTES
    changed = "；".join(f"{where}={value}" for where, value in replaced)
    return f"本表为试算，改动了项目文件中的事实（{changed}），不能上报或公开。{NOTES}"[:LONGEST]

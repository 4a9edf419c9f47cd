"""The sheet 填写说明: how a clerk fills the form, and what its formulas can't see."""

from typing import Final

from wenxiao.rendering.workbook.books import Book, put
from wenxiao.rendering.workbook.layout import Layout
from wenxiao.rendering.workbook.lower import lines_of
from wenxiao.rendering.workbook.marks import ANSWERED, EVIDENCE, FORM, INSTRUCTIONS, OTHERS, SPLITS
from wenxiao.rendering.workbook.remarks import LEFT_TO_THE_PROGRAM

_TEXT: Final = (
    ("怎样填写", ""),
    ("1", "只填浅黄色的格子。其余格子由公式算出或固定不变，已经锁定；工作表没有设密码。"),
    ("2", "先在“{form}”第 2 行选评价年度、金额单位和评分规则，再填项目资金、年度总体目标和绩效指标。"),
    ("3", "每行一个指标。“三级指标”只写衡量什么；指标性质、指标值、度量单位分三格写，例如 ≥、95、%。日期、区间和文字目标整句写在“指标值”一格，指标性质留空或选“定性”。"),
    ("4", "“实际完成值”写测得的数和单位，例如 96%、8个；不要照抄“≥95%”。"),
    ("5", "定性指标在表右边选“达成档次”，再写“档内比例”，例如 达成、95%。"),
    ("6", "没有得满分的，必须写偏差原因；改进措施写在它右边一格。"),
    ("7", "表里没有的内容写在“{others}”（地区、日期、文字说明、原文件写的总分和等级、签署、公开审查）、“{evidence}”“{splits}”“{answered}”。"),
    ("8", "没有的数字不要写 0：空着表示“没有写明”，0 表示“是零”。"),
    ("更多行", ""),
    ("9", "每组指标后面、资金来源和年度目标后面都有隐藏的备用行：选中上下两行，右键“取消隐藏”。备用行：{hidden}。"),
    ("10", "备用行也不够时，用 wenxiao form --rows 加大行数后重新生成；不要插入或删除行。"),
    ("红色和核对", ""),
    ("11", "红色格子表示该处会被指出问题；同一行的“核对”一栏用文字说明，编号与 wenxiao check 相同。不靠颜色也能看懂。"),
    ("12", "公式只看得见本表能确定的问题。以下问题要由 wenxiao check 检查：{left}。"),
    ("得分怎样算", ""),
    ("13", "执行率＝全年执行数÷全年预算数。得分按所选评分规则由公式计算，先算出未舍入的数，再四舍五入；每一步在“计算”工作表里。"),
    ("14", "公式读不准的指标，得分空着，“核对”写“得分由程序计算”：区间（5-8个）、写法特别的期限（二季度末前）、自带评分标准的、单位不同的、方向看不出的。已由程序填好的表里是程序算出的得分；改动这一行以后，得分变为空白，重新导入时再算。"),
    ("交回", ""),
    ("15", "填好后运行 wenxiao import 这个文件：读成项目文件，填错的地方会一次列全，写明工作表和单元格。"),
)  # fmt: skip


_WIDTH: Final = 74
"""Characters of half width that fit on a page."""


def write_instructions(book: Book, layout: Layout) -> None:
    """Write the sheet."""
    sheet = book.sheet(INSTRUCTIONS)
    names = {
        "form": FORM, "others": OTHERS, "evidence": EVIDENCE, "splits": SPLITS, "answered": ANSWERED,
        "hidden": "、".join(_runs(layout)), "left": "、".join(LEFT_TO_THE_PROGRAM),
    }  # fmt: skip
    put(sheet, 1, 1, "项目支出绩效自评表：填写说明", book.look("heading"))
    for row, (number, text) in enumerate(_TEXT, 2):
        if text:
            put(sheet, row, 1, f"{number}. {text.format(**names)}", book.look("prose"))
            sheet.set_row(row - 1, 4 + 15 * lines_of(f"{number}. {text.format(**names)}", _WIDTH - 4))
        else:
            put(sheet, row, 1, number, book.look("heading"))
            sheet.set_row(row - 1, 24)
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _runs(layout: Layout) -> list[str]:
    """Give the hidden rows as 第24–28行."""
    rows = [one.row for one in layout.sources if one.hidden]
    rows += [one.row for one in layout.goals if one.hidden]
    rows += [one.row for one in layout.indicators if one.hidden]
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][-1] == row - 1:
            found[-1].append(row)
        else:
            found.append([row])
    return [f"第{run[0]}–{run[-1]}行" if len(run) > 1 else f"第{run[0]}行" for run in found]

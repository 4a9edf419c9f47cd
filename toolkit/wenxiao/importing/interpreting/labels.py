"""Labels with their values: 项目名称 | 视频会议系统, or ``项目名称：视频会议系统`` in one cell or line."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from wenxiao.findings.personal import masked
from wenxiao.importing.grid import Cell, Paragraph, Table
from wenxiao.importing.interpreting.cleaning import is_blank, paragraphs, squeezed, tidy, without_numbering
from wenxiao.importing.interpreting.drafting import Record, Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import money, points
from wenxiao.importing.interpreting.ragged import LOOSE
from wenxiao.numerals import normal

_LABELS: Final[tuple[tuple[str, str], ...]] = (
    ("project.name", r"(?:转移支付|专项|自评|预算)?\(?(?:项目|专项)(?:资金)?\)?名称|项目名称\(.*\)|(?:政策|转移支付)\(?项目\)?名称"),
    ("project.department", r"(?:项目)?(?:主管|预算)(?:部门|单位)(?:名称)?(?:及代码|及编码)?|(?:中央|地方|[省市县]级)主管部门|一级预算部门"),
    ("project.unit", r"(?:项目)?(?:具体)?(?:实施|承担|执行|申报|预算|责任|使用|资金使用|自评)单位(?:名称)?|项目单位(?:名称)?|(?:部门|单位|部门\(单位\)|预算单位|一级预算单位|部门单位)名称"),
    ("unit", r"填报单位(?:名称)?(?:\(盖章\))?"),
    ("project.year", r"(?:评价|自评|预算|项目|绩效)?(?:年度|年份)"),
    ("project.region", r"(?:所在|所属)?(?:地区|区划|行政区划|行政区域)|市县"),
    ("project.started", r"(?:项目)?(?:开始|开工|起始|启动)(?:时间|日期)"),
    ("project.completed", r"(?:项目)?(?:完成|完工|竣工|验收|竣工验收)(?:时间|日期)"),
    ("budget.received", r"(?:实际)?到位资金(?:总额|数)?|资金(?:实际)?到位(?:数|金额|总额)?|实际到位资金"),
    ("printed.total", r"(?:自评|评价|综合)?(?:总分|总得分|得分合计|综合得分|自评得分|自评总分)"),
    ("printed.grade", r"(?:自评|评价|绩效|综合)*(?:等级|等次|级别)"),
    ("narrative.other", r"(?:自评|评价)结论|其[他它]需要?说明的?(?:事项|问题|情况)|(?:其他)?说明"),
    ("narrative.problems", r"偏差大或目标未完成原因分析|(?:主要)?(?:存在|存在的)(?:主要)?问题(?:及原因分析?|和原因分析)?"),
    ("narrative.suggestions", r"(?:下一步)?(?:拟)?(?:采取的)?(?:改进措施(?:及结果应用方案)?|有关建议|相关建议|工作建议)"),
    ("narrative.experience", r"(?:主要)?经验(?:及|和)?做法"),
    ("narrative.overview", r"项目(?:基本)?(?:概况|概述|情况)|项目(?:主要)?(?:内容|实施内容)(?:及过程)?(?:概述|情况)?"),
    ("budget.deviation_cause", r"(?:预算)?执行率(?:偏低|较低|低)的?(?:原因|说明|情况说明)|(?:预算)?(?:执行|资金)偏差(?:大)?原因(?:分析)?"),
    ("contact.name", r"(?:项目|部门)?联系人(?:姓名)?"),
    ("contact.phone", r"联[系络](?:电话|方式)|联系人电话|电话"),
    ("signed.unit", r"(?:项目)?(?:单位|部门)\((?:签|签字|盖章|公章|签章|签字盖章)\)"),
    ("signed.date", r"(?:填报|填表|自评|编制|报告|报送|签署)(?:日期|时间)|日期"),
    ("objective", r"(?:年度|项目|绩效)*(?:总体)?(?:绩效)?目标|总体目标"),
)  # fmt: skip
_KNOWN: Final = [(field, re.compile(rf"(?:{pattern})")) for field, pattern in _LABELS]
_NO_FIELD: Final = re.compile(r"项目(?:类别|类型|属性|性质|级次)|支出(?:类别|类型|级次)|资金性质")
"""Labels whose values no params file has room for, and no score depends on."""
_LONGEST_LABEL: Final = 300
_APART: Final = re.compile(r"(?<!\s)\s{2,}(?=[^\s:：]{2,12}[:：])")
_DAY: Final = re.compile(r"((?:19|20)\d\d)(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")


def field_of(text: str) -> str | None:
    """Give the field a label is for; None where it is no label known.

    >>> field_of("项目 名称"), field_of("实施单位（盖章）"), field_of("设备")
    ('project.name', 'project.unit', None)
    """
    return _field_of(text) if len(text) <= _LONGEST_LABEL else None


@lru_cache(4096)
def _field_of(text: str) -> str | None:
    plain = squeezed(without_numbering(text)).rstrip(":")
    bare = re.sub(r"\((?:盖章|公章|签章|全称|分|名称|万元|元|单位:万元|单位:元)\)", "", plain)
    return next((field for field, known in _KNOWN if known.fullmatch(plain) or known.fullmatch(bare)), None)


def day(text: str) -> dt.date | None:
    """Give a complete date; None where it is none, or the calendar has no such day.

    >>> day("2019年5月31日"), day("31月1日"), day("2021-02-30")
    (datetime.date(2019, 5, 31), None, None)
    """
    found = _DAY.fullmatch(squeezed(text))
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def labelled_row(found: Found, table: Table, row: int) -> None:
    """Read the labels of a row, each with the cell on its right."""
    cells = [cell for cell in table.row(row) if cell.place.row == row]
    for index, cell in enumerate(cells):
        if found.ledger.is_used(cell) or is_blank(cell.text):
            continue
        if in_line(found, cell):
            continue
        field = field_of(cell.text)
        if field == "objective":
            _objective(found, cell, [one for one in cells[index + 1 :] if not is_blank(one.text)])
            continue
        after = cells[index + 1 :]
        if found.ledger.grid.kind in LOOSE:  # a merged label leaves empty cells behind it
            after = [one for one in after if not is_blank(one.text)]
        value = after[0] if after else None
        if field is None:
            if value is not None and not is_blank(value.text) and _NO_FIELD.fullmatch(squeezed(cell.text)):
                found.ledger.use(cell, value)
                found.ledger.remark(f"“{squeezed(cell.text)}”没有对应的栏目，没有录入。", value)
            continue
        if field == "printed.total" and sum(points(one.text) is not None for one in cells) > 1:
            continue  # 总分 | 100 | 96 without its headings
        if value is None or is_blank(value.text) or field_of(value.text):
            if cells[index + 1 :] or not field.startswith(
                "narrative."
            ):  # alone it may be a section's heading
                found.ledger.use(cell)  # a label without a value states nothing
        elif state(found, field, value.text, value, cell):
            found.ledger.use(cell, value)


def _objective(found: Found, label: Cell, said: list[Cell]) -> None:
    """Read a goal beside its label; of two cells the second one is likely what became of it."""
    record = Record()
    for key, cell in zip(("planned", "actual"), said[:2], strict=False):
        why = "" if len(said) == 1 else "表上没有标明哪一格是预期目标、哪一格是实际完成情况"
        record.put(key, masked(paragraphs(cell.text)), cell, why=why)
        found.ledger.use(label, cell)
    if record.values:
        found.objectives.append(record)


def in_line(found: Found, item: Cell | Paragraph) -> bool:
    """Read a line of one or several ``label：value`` with wide gaps between them; True where all were taken."""
    pieces = _APART.split(item.text.strip())
    read = [in_one(found, Paragraph(piece, item.place)) for piece in pieces]
    if any(read) and not all(read):
        found.ledger.free(item)
    return all(read)


def in_one(found: Found, item: Cell | Paragraph) -> bool:
    """Read ``label：value`` within one cell or line; True where something was taken."""
    label, colon, value = re.sub(r"\s+", " ", normal(item.text)).partition(":")
    field = field_of(label) if colon and len(label) < 25 else None
    field = "project.name" if colon and label == "项目" else field
    if field is None:
        return False
    raw = re.split("[:：]", item.text, maxsplit=1)[-1]
    if is_blank(value) or not re.search(r"[^\s年月日]", value):
        found.ledger.use(item)
        return True
    if state(found, field, raw, item):
        found.ledger.use(item)
        return True
    return False


def state(found: Found, field: str, text: str, *items: Cell | Paragraph) -> bool:
    """State a labelled fact; False where the text can't be one, or another was stated before.

    ``items`` are the cell of the value and that of its label, or the one that holds both.
    """
    draft = found.draft
    if field == "objective":
        return False
    if field == "unit":
        field = "signed.unit" if draft.get("project.unit") else "project.unit"
    if field in ("project.started", "project.completed", "signed.date"):
        date = day(text)
        return date is not None and draft.put(field, Value(date.isoformat(), items))
    if field == "project.year":
        year = re.fullmatch(r"((?:19|20)\d\d)年?度?", squeezed(text))
        return year is not None and draft.put(field, Value(year[1], items))
    if field == "budget.received":
        amount = money(text)
        if amount is None or not draft.put(field, Value(amount.text, items)):
            return False
        if amount.unit:
            found.units.append((amount.unit, items[0]))
        return True
    if field == "printed.total":
        score = points(text)
        bare = items[-1].text.strip().startswith("总")  # 总分 | 100, where 自评总分 is clear
        why = "可能是满分，不是得分" if score == "100" and bare else ""
        return score is not None and draft.put(field, Value(score, items, why))
    if field.startswith("narrative."):
        told = draft.get(field)
        if told is None:
            return draft.put(field, Value(masked(paragraphs(text)), items))
        told.text, told.items = f"{told.text}\n{masked(paragraphs(text))}", (*told.items, *items)
        return True
    if field.startswith("contact."):
        return draft.put(field, Value(tidy(text), items))
    stated, text = draft.get(field), masked(tidy(text))
    return draft.put(field, Value(text, items)) or (stated is not None and stated.text == text)

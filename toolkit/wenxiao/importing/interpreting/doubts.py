"""Which rows of a table of indicators are not like the others: cells moved, merged, split or left out.

A figure is never silently taken from such a row: each one is kept and marked as uncertain.
"""

from typing import Final

from wenxiao.importing.interpreting.cleaning import is_blank
from wenxiao.importing.interpreting.columns import Columns
from wenxiao.importing.interpreting.heads import Role
from wenxiao.importing.interpreting.indicators import Row
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.interpreting.quantities import is_figure, is_words
from wenxiao.target import SCALES, Bound, Moment, Prose, Range, read

APART: Final[tuple[tuple[Role, int], ...]] = (("sign", 1_000_000), ("measure", 2))
"""A sign stands in every row of its column, were it 定性; a unit in most of them."""
_FIGURES: Final = ("target", "actual", "points", "score", "share")


def mark(rows: list[Row], columns: Columns) -> set[str]:
    """Mark the figures of each odd row with the reasons; give the columns that have a gap."""
    usual = [key for key in ("target", "actual") if columns.has(key)]
    usual += [
        key
        for key in ("points", "score")
        if sum(row.said(key) is not None for row in rows) * 2 >= len(rows) - 1
    ]
    columns_apart = [
        role for role, share in APART if sum(bool(r.parts.said(role)) for r in rows) * share > len(rows)
    ]
    filled = max((i for i, row in enumerate(rows) if not _unfilled(row, usual)), default=-1)
    zeros = [row for row in rows if row.said("no_cause")]
    if len(zeros) == 1:  # in several rows it is the office's way to say that there is none
        zeros[0].oddities.append("原因一栏是0，可能是错栏的数")
    unsigned = columns.has("measure") and not columns.has("sign")
    gaps: set[str] = set()
    slipped = False
    narrow = _has_narrow_head(rows, columns)
    for index, row in enumerate(rows):
        excerpt = index > filled
        moved = [*row.oddities, *_cells(row, columns)]
        others = [*_gaps(row, usual, excerpt), *_kinds(row)]
        if index and _same(row, rows[index - 1]):
            others.append("与上一行完全相同")
        slipped |= _unsigned(row, columns_apart)
        target = read(row.said("target") or "")
        if unsigned and isinstance(target, Bound) and target.sign is None:
            row.record.doubt("有度量单位一栏而没有指标性质一栏，符号可能没有读到", "target")
        if slipped:
            row.record.doubt("指标性质或度量单位一栏有空格，可能错行", "target")
        if row.after_nameless:
            moved.append("上面有一行没有指标名称，名称可能错行")
        if gaps:
            row.record.doubt("这一栏上面有空格，以下各数可能错行", *gaps)
        if not excerpt:
            gaps |= {key for key in usual if row.said(key) is None}
        if narrow:
            others.append("表头比下面的行少一栏，各数可能错栏")
        for reason in dict.fromkeys(moved):
            row.record.doubt(reason)
        for reason in others:
            row.record.doubt(reason, *_FIGURES)
    return gaps


def _has_narrow_head(rows: list[Row], columns: Columns) -> bool:
    """Tell whether every row goes on beyond the last heading, and the heading 分值 is not there: it may have been lost, and
    what stands under 得分 may be points.
    """
    if not columns.has("score") or columns.has("points"):
        return False
    last = max(columns.roles)
    return all(any(cell.place.column > last for cell in row.parts.outside) for row in rows)


def _cells(row: Row, columns: Columns) -> list[str]:
    """Give what is wrong with the cells as such: across columns, outside, of a kind the column can't hold."""
    reasons = []
    taken = {item.place for value in row.record.values.values() for item in value.items}
    if any(not is_blank(cell.text) for cell in row.parts.across):
        reasons.append("同一行有单元格跨了几栏")
    if any(not is_blank(cell.text) and cell.place.row == row.number for cell in row.parts.askew):
        reasons.append("同一行有单元格与表头没有对齐")
    right = [cell for cell in row.parts.outside if cell.place.column > columns.first()]
    if any(not is_blank(cell.text) and cell.place.row == row.number for cell in right):
        reasons.append("同一行有单元格在表头之外")
    if isinstance(read(row.said("rule") or ""), Bound | Range | Moment):
        reasons.append("评分标准像一个指标值，各数可能错栏")
    for role in ("points", "score", "target", "actual", "cause", "share", "rule"):
        reasons += [
            f"同一行的“{shown(cell.text)}”不像这一栏的内容，各数可能错栏"
            for cell in row.parts.said(role)
            if cell.place not in taken and "有单元格跨了几行" not in row.oddities
        ]
    name = row.said("name") or ""
    if not is_words(name) or is_figure(name) or isinstance(read(name), Bound | Range | Moment):
        reasons.append("指标名称像一个指标值，各数可能错栏")
    return reasons


def _unsigned(row: Row, apart: list[Role]) -> bool:
    """Tell whether a target lacks the sign, or a number the unit, that most rows have in a column of its own."""
    cell = row.parts.cell("target")
    number = cell is not None and is_figure(cell.text)
    return any(not row.parts.said(role) and (role == "sign" or number) for role in apart)


def _unfilled(row: Row, usual: list[str]) -> bool:
    """Tell whether a row just has no points and no score, as in an excerpt."""
    return {key for key in usual if row.said(key) is None} == {"points", "score"}


def _gaps(row: Row, usual: list[str], excerpt: bool) -> list[str]:
    """Give what the row lacks that most rows have; the last rows of an excerpt lack points and score."""
    missing = [key for key in usual if row.said(key) is None]
    return ["同一行有空栏，各数可能错栏"] if missing and not excerpt else []


def _kinds(row: Row) -> list[str]:
    """Compare target and actual: a number against words, or two units, may come from moved cells."""
    target, actual = (read(row.said(key) or "") for key in ("target", "actual"))
    if row.said("target") is None or row.said("actual") is None:
        return []
    if isinstance(target, Prose) and isinstance(actual, Bound):
        return ["指标值是文字，实际完成值是数"]
    units = [_unit(one) for one in (target, actual) if isinstance(one, Bound | Range)]
    if len(units) == 2 and units[1] and not units[0]:
        return [f"指标值没有写单位，实际完成值的单位是{units[1]}"]
    if len(units) == 2 and all(units) and units[0] != units[1]:
        return [f"指标值与实际完成值的单位不同（{units[0]}、{units[1]}）"]
    return []


def _unit(one: Bound | Range) -> str:
    """Give the unit with its scale: 万元 and 元 are two."""
    quantity = one.quantity if isinstance(one, Bound) else one.high
    prefix = next(name for name, factor in SCALES.items() if factor == quantity.scale)
    return prefix + quantity.unit if quantity.unit else ""


def _same(row: Row, other: Row) -> bool:
    return {key: value.text for key, value in row.record.values.items()} == {
        key: value.text for key, value in other.record.values.items()
    }

"""The other sheets of a filled form: 佐证材料, 另外分列, 问题说明, 其他信息."""

import json
from collections.abc import Iterator
from typing import Final

from wenxiao.loading import Path_, read_where
from wenxiao.rendering.workbook import others
from wenxiao.rendering.workbook.choices import CLASSIFICATIONS, COLUMNS
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.opening import OpenSheet
from wenxiao.words import Words


def _filled(sheet: OpenSheet | None, width: int) -> Iterator[int]:
    """Give the rows below the heading in which anything stands."""
    for row in sheet.rows() if sheet else ():
        if row > 1 and sheet is not None and any(sheet.text(row, column) for column in range(1, width + 1)):
            yield row


def read_evidence(gathered: Gathered, sheet: OpenSheet | None, numbers: dict[str, int]) -> None:
    """Take 佐证材料; ``numbers`` gives 行号 → position of the indicator."""
    count: dict[int, int] = {}
    for row in _filled(sheet, 4):
        assert sheet is not None
        position = numbers.get(sheet.text(row, 1))
        gathered.used |= {sheet.shown(row, column) for column in range(1, 5)}
        if position is None:
            gathered.problem(sheet.shown(row, 1), *_NO_ROW)
            continue
        path: Path_ = ("indicators", position, "evidence", count.setdefault(position, 0))
        gathered.places[path] = sheet.shown(row, 2)
        gathered.put(path, {})
        for column, key in enumerate(("title", "file", "sha256"), 2):
            gathered.take(sheet, row, column, (*path, key))
        count[position] += 1


_NO_ROW: Final = (
    Words("“自评表”里没有填写这个行号的指标。", "No indicator with this number is filled in on 自评表."),
    Words("写“自评表”中“行号”一栏的数字。", "Write the number in the column 行号 of 自评表."),
)


def read_splits(gathered: Gathered, sheet: OpenSheet | None) -> None:
    """Take 另外分列; rows with one number are one split."""
    known: list[str] = []
    for row in _filled(sheet, 6):
        assert sheet is not None
        number = sheet.text(row, 1) or sheet.text(row, 2)
        if number not in known:
            known.append(number)
        path: Path_ = ("budget", "splits", known.index(number))
        parts = (
            len(gathered.data["budget"].get("splits", [{}] * len(known))[path[2]].get("parts", ()))
            if _has(gathered, path)
            else 0
        )
        gathered.places.setdefault(path, sheet.shown(row, 2))
        gathered.used |= {sheet.shown(row, one) for one in range(1, 4)}
        keys = {label: key for key, label in COLUMNS.items()}
        column = sheet.text(row, 3)
        for at, below, text in (
            (2, ("name",), sheet.text(row, 2)), (3, ("column",), keys.get(column, column)), (6, ("printed", "total"), sheet.text(row, 6)),
        ):  # fmt: skip
            _shared(gathered, sheet, row, at, (*path, *below), text)
        if sheet.text(row, 4) or sheet.text(row, 5):
            gathered.take(sheet, row, 4, (*path, "parts", parts, "name"))
            gathered.take(sheet, row, 5, (*path, "parts", parts, "amount"))
        elif not parts:
            gathered.put((*path, "parts"), [])


def _shared(gathered: Gathered, sheet: OpenSheet, row: int, column: int, path: Path_, text: str) -> None:
    """Take what the rows of one split share; a row may leave it out or repeat it, but not contradict it."""
    place = sheet.shown(row, column)
    gathered.used.add(place)
    before = gathered.value_at(path)
    if not text:
        return
    if before is not None and before != text:
        wrong = Words(
            f"与 {gathered.places[path]} 写的“{before}”不同。",
            f"It differs from “{before}” at {gathered.places[path]}.",
        )
        gathered.problem(
            place,
            wrong,
            Words("同一分列各行写得一样，或换一个分列序号。", "State it alike, or give another number."),
        )
    elif before is None:
        gathered.places[path] = place
        gathered.put(path, text)


def _has(gathered: Gathered, path: Path_) -> bool:
    return len(gathered.data["budget"].get("splits", ())) > int(path[2])


def read_answered(gathered: Gathered, sheet: OpenSheet | None) -> None:
    """Take 问题说明."""
    for count, row in enumerate(_filled(sheet, 3)):
        assert sheet is not None
        for column, key in enumerate(("code", "where", "reason"), 1):
            gathered.take(sheet, row, column, ("acknowledged", count, key))


def read_others(gathered: Gathered, sheet: OpenSheet) -> None:
    """Take the values of 其他信息; rows of one field follow each other where one cell was too short for its text."""
    long: dict[str, list[tuple[int, str]]] = {}
    for row in _filled(sheet, 4):
        field, how = sheet.text(row, 4), sheet.text(row, 6)
        path = read_where(field)
        if path is None or any(isinstance(part, int) and part > _MOST for part in path):
            continue
        if field.startswith("redact["):
            _redact(gathered, sheet, row, how)
        elif how or sheet.text(row, 1) == others.MORE:
            long.setdefault(field, []).append((row, how))
        elif (
            field in others.FIELDS
            and gathered.take(sheet, row, 2, path)
            and field == "disclosure.classification"
        ):
            keys = {label: key for key, label in CLASSIFICATIONS.items()}
            gathered.put(path, keys.get(sheet.text(row, 2), sheet.text(row, 2)))
    for field, rows in long.items():
        path = read_where(field)
        assert path is not None
        gathered.used |= {sheet.shown(row, 2) for row, _ in rows}
        gathered.places[path] = sheet.shown(rows[0][0], 2)
        _put_long(gathered, path, "".join(sheet.at(row, 2).raw for row, _ in rows), rows[0][1])


def _redact(gathered: Gathered, sheet: OpenSheet, row: int, how: str) -> None:
    path: Path_ = ("redact", len(gathered.data.get("redact", [])))
    if how and sheet.text(row, 2):
        gathered.places[path] = sheet.shown(row, 2)
        gathered.used.add(sheet.shown(row, 2))
        _put_long(gathered, path, sheet.at(row, 2).raw, how)
    elif sheet.text(row, 2):
        gathered.take(sheet, row, 2, path)


def _put_long(gathered: Gathered, path: Path_, text: str, how: str) -> None:
    value: object = text
    if how:
        try:
            value = json.loads(text)
        except ValueError:
            gathered.problem(gathered.places[path], *_CHANGED)
            return
    try:
        gathered.put(path, value)
    except TypeError:  # a field that the facts do not have
        gathered.problem(gathered.places[path], *_CHANGED)


_MOST: Final = 10_000
"""Entries of a list; a form has no more rows."""
_CHANGED: Final = (
    Words("这一格的内容被改动，读不出来。", "The content of this cell was changed and can't be read."),
    Words(
        "恢复原来的内容，或者删去这一行，把文字直接写在它的格子里。",
        "Restore it, or delete the row and write the text into its own cell.",
    ),
)

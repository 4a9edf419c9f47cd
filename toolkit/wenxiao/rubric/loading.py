"""A rubric's file, over those it is based on, as a rubric, or all that is wrong with it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from wenxiao.errors import InputError
from wenxiao.loading import read_text, validated
from wenxiao.money import exact
from wenxiao.rubric.files import File, files_of, rubric_ids, rubric_path
from wenxiao.rubric.model import DATED, Rubric
from wenxiao.rubric.together import rubric_faults
from wenxiao.rubric.wording import RuleSheet


def load_rubric(name: str | Path) -> Rubric:
    """Load a rubric by id, or by path when it ends in ``.yaml``; read again only when a file has changed.

    Points are in 分, shares between 0 and 1, all exact ``Decimal``.

    Raises:
        InputError: no such rubric, or all its faults with file, line and column.

    >>> import wenxiao as wx
    >>> wx.load_rubric("mof-2020").at(2021).category_points
    {'output': Decimal('50'), 'outcome': Decimal('30'), 'satisfaction': Decimal('10')}
    """
    with exact():  # percentages are divided by 100, whatever precision the caller works with
        return _load(files_of(name))


@lru_cache(maxsize=64)
def _load(files: tuple[File, ...]) -> Rubric:
    file, *below = files
    base = _load(tuple(below)) if below else None  # whose own faults are said of its own file
    sheet = opened(file)
    data = sheet.data if base is None else _merged(sheet.data, base)
    rubric = validated(sheet, data, Rubric)
    if rubric is not None:
        if base is not None:
            rubric._origins = {name: base.origin(name) for name in DATED if name not in sheet.data}
        if file.own and rubric.id in rubric_ids() and file.text != read_text(rubric_path(rubric.id)):
            sheet.problem("id_taken", ("id",), given=rubric.id)
        for path, code, values in rubric_faults(rubric):
            sheet.problem(code, path, **values)
    if sheet.problems or rubric is None:
        raise InputError(sheet.problems)
    return rubric


def opened(file: File) -> RuleSheet:
    """Give the data of a rubric's file, or refuse a file so wrong that its fields mean nothing."""
    sheet = RuleSheet(file.shown, file.text)
    if isinstance(sheet.data, dict) and sheet.data.get("schema") == "wenxiao/1":
        sheet.problem("params_as_rubric", ("schema",))
        raise InputError(sheet.problems)
    if not sheet.problems and not isinstance(sheet.data, dict):
        sheet.problem("not_a_rubric", place=(1, 1))
    if sheet.broken or not isinstance(sheet.data, dict):
        raise InputError(sheet.problems)
    return sheet


def _merged(stated: dict[str, Any], base: Rubric) -> dict[str, Any]:
    """Put what a file states over its base.

    A value taken over keeps the base's reference, whatever the file's own references are called: else a place's form
    would seem to print what only the base's does.
    """
    own = stated.get("references", {})
    keys = {key: f"{base.id}:{key}" if key in (own or ()) else key for key in base.references}
    taken: dict[str, Any] = {
        name: tuple(
            dated.model_copy(update={"reference": keys[dated.reference]}) for dated in getattr(base, name)
        )
        for name in DATED
    }
    references = {keys[key]: reference for key, reference in base.references.items()}
    merged = {"kind": base.kind, "scored": base.scored, **taken, **stated}
    return {**merged, "references": {**references, **own} if isinstance(own, dict) else own}

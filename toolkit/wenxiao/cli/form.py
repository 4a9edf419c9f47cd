"""``wenxiao form``: the official form as a workbook, empty or filled; or a list of many projects."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from wenxiao.cli.app import Rubric, app, complain, files_of, language, refuse, tell
from wenxiao.errors import InputError, shown_path
from wenxiao.words import Words

_PATHS = "填进表里的 params 文件；不写则为空表 / params files to fill in; none: an empty form"
_OUT = "写到哪个 .xlsx；几个文件时是文件夹 / workbook to write, or a folder for several"
_LIST = "一行一个指标的项目清单，一个文件装很多项目 / one list of many projects, a row an indicator"


@app.command()
def form(
    paths: Annotated[list[str] | None, typer.Argument(help=_PATHS, show_default=False)] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help=_OUT)] = Path("form.xlsx"),
    rubric: Rubric = None,
    rows: Annotated[
        int, typer.Option(min=0, max=200, help="每组指标后的备用行 / spare rows in each group")
    ] = 5,
    list_: Annotated[bool, typer.Option("--list", help=_LIST)] = False,
    force: Annotated[bool, typer.Option(help="覆盖已有的文件 / replace what is there")] = False,
) -> None:
    """生成项目支出绩效自评表（Excel），空的或填好的；wenxiao import 能读回 / the official form as a workbook."""
    files = files_of(paths) if paths else []
    try:
        if list_:
            failed = _write_list(files, out, force)
        else:
            named = bool(paths) and all(Path(path).is_file() for path in paths or ())
            failed = _write_forms(files, out, rubric, rows, force, named)
    except InputError as error:
        refuse(error)
    raise typer.Exit(2 if failed else 0)


def _write_forms(
    files: list[Path], out: Path, rubric: str | None, rows: int, force: bool, named: bool
) -> bool:
    """Write each form; tell whether a file could not be loaded."""
    from wenxiao.rendering.workbook.filling import to_fill
    from wenxiao.rendering.workbook.form import form_of
    from wenxiao.rubric import load_rubric

    chosen = load_rubric(rubric) if rubric else None
    if not files:
        _refuse_existing([_workbook(out)], force)
        _write(_workbook(out), form_of(None, chosen, rows))
        return False
    targets = _targets(files, out, named)
    _refuse_existing(targets.values(), force)
    failed = False
    for file, target in targets.items():
        try:
            project, own = to_fill(file)
        except InputError as error:
            complain(error.text(language()))
            failed = True
            continue
        if chosen is not None and rubric is not None:
            project, own = project.model_copy(update={"rubric": rubric}), chosen
        _write(target, form_of(project, own, rows))
        if project.redact:
            complain(Words(
                f"{shown_path(target)}：表里是原文，需要隐去的词还没有隐去；只供本单位填写，不要公开。",
                f"{shown_path(target)}: the form holds the words to be hidden; it is a working copy and not to be published.",
            ))  # fmt: skip
    return failed


def _targets(files: list[Path], out: Path, named: bool) -> dict[Path, Path]:
    """Give where each form goes: the file that was named, or a folder with the folders of the params files.

    ``named``: the params files themselves were named. Of a folder's only file the form goes into a folder as well.
    """
    if len(files) == 1 and (out.suffix.lower() == ".xlsx" or (named and not out.is_dir())):
        return {files[0]: _workbook(out)}
    if out.suffix.lower() == ".xlsx":
        refuse(Words(
            f"有 {len(files)} 个 params 文件，-o 要写文件夹，例如 -o forms；要装在一个文件里，加 --list。",
            f"There are {len(files)} params files: name a folder, such as -o forms; for all in one workbook add --list.",
        ))  # fmt: skip
    common = Path(os.path.commonpath([file.resolve().parent for file in files]))
    return {file: out / file.resolve().relative_to(common).with_suffix(".xlsx") for file in files}


def _write_list(files: list[Path], out: Path, force: bool) -> bool:
    """Write the list; tell whether a file could not be loaded."""
    from wenxiao.rendering.workbook.filling import to_fill
    from wenxiao.rendering.workbook.listing import list_of, without_column

    target = _workbook(out)
    _refuse_existing([target], force)
    projects, failed = [], False
    for file in files:
        try:
            projects.append((file.stem, to_fill(file)[0]))
        except InputError as error:
            complain(error.text(language()))
            failed = True
            continue
        if lacking := without_column(projects[-1][1]):
            names = "、".join(lacking)
            complain(
                Words(
                    f"{shown_path(file)}：清单没有这些栏目，没有写进去：{names}。",
                    f"{shown_path(file)}: the list has no columns for: {names}.",
                )
            )
    _write(target, list_of(projects))
    return failed


def _workbook(out: Path) -> Path:
    """Give the name with which Excel opens it."""
    if out.name in ("", ".."):  # a folder by its very name: . or .. or /
        out = out / "form.xlsx"
    return out if out.suffix.lower() == ".xlsx" else out.with_name(f"{out.name}.xlsx")


def _refuse_existing(targets: Iterable[Path], force: bool) -> None:
    there = [shown_path(target) for target in targets if target.exists()]
    if there and not force:
        names = "、".join(there[:3]) + (f" 等 {len(there)} 个文件" if len(there) > 3 else "")
        more = f" and {len(there) - 3} more are" if len(there) > 3 else " is" if len(there) == 1 else " are"
        refuse(Words(
            f"已经有 {names}，没有改动；换一个名字，或加 --force 覆盖。",
            f"{', '.join(there[:3])}{more} there already; nothing was changed. Choose another name, or add --force.",
        ))  # fmt: skip


def _write(target: Path, content: bytes) -> None:
    """Put the workbook in place whole, and say so; one that is open in Excel on Windows is told as what it is."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".part", ".wenxiao.", target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            part.chmod(0o644)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:  # told of the workbook, not of what it is for a moment
        raise OSError(error.errno, error.strerror, str(target)) from None
    tell(Words(f"完成  {shown_path(target)}", f"done  {shown_path(target)}"))

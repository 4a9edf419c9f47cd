"""``wenxiao init`` and ``wenxiao lab``: a workspace, and JupyterLab on it."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from wenxiao.cli.app import app, complain, language, no_access, refuse, tell
from wenxiao.words import Words


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新工作文件夹 / the new workspace", show_default=False)],
) -> None:
    """新建工作文件夹：带说明的样例、模板和字段说明 / a workspace with a commented example, template and schema."""
    from wenxiao.lab.copies import KINDS
    from wenxiao.running.places import STARTER, starter_file

    notebooks = [kind.file for kind in KINDS.values()]
    copies = {
        folder / "params" / "example.yaml": STARTER / "example.yaml",
        folder / "params" / "schema.json": starter_file("schema.json", "params"),
        **{folder / "notebooks" / name: starter_file(name, "notebooks") for name in notebooks},
    }
    there = [target for target in copies if target.exists()]
    if there:
        refuse(Words(
            f"已经有 {there[0]}，没有改动任何文件；换一个文件夹，例如 wenxiao init {folder.resolve().name}-2。",
            f"{there[0]} is there already; nothing was changed. Name another folder: wenxiao init {folder.resolve().name}-2.",
        ))  # fmt: skip
    try:
        for target, source in copies.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (folder / "reports").mkdir(exist_ok=True)
    except OSError as error:  # all or nothing: half of a workspace would only be in the way
        for target in copies:
            with contextlib.suppress(OSError):
                target.unlink()
        refuse(no_access(error, folder, folder))
    tell(Words(
        f"已建好 {folder}。接下来：\n"
        f"  cd {shlex.quote(str(folder))}\n"
        "  用编辑器改好 params/example.yaml\n"
        "  wenxiao check params    核对\n"
        "  wenxiao run params      生成报告，放在 reports\n"
        "  wenxiao lab             在 JupyterLab 中编辑、试算、分析",
        f"{folder} is ready. Next:\n"
        f"  cd {shlex.quote(str(folder))}\n"
        "  edit params/example.yaml\n"
        "  wenxiao check params    looks it over\n"
        "  wenxiao run params      makes the report, in reports\n"
        "  wenxiao lab             edit, try out and analyse in JupyterLab",
    ))  # fmt: skip


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="工作文件夹 / workspace")] = Path(),
) -> None:
    """在 JupyterLab 中打开工作文件夹；其余选项交给 JupyterLab / open the workspace in JupyterLab, which takes all other options."""
    from wenxiao.lab.launching import command, not_a_workspace, surroundings

    options = context.args
    if str(folder).startswith("-"):  # no folder is given, only options of JupyterLab
        folder, options = Path(), [str(folder), *options]
    if folder == Path() and (last := options[-1:]) and not last[0].startswith("-") and Path(last[0]).is_dir():
        folder, options = Path(last[0]), options[:-1]  # a folder after the options is meant as the workspace
    if why := not_a_workspace(folder):
        refuse(why)
    complain(Words(
        "正在启动 JupyterLab，稍后在浏览器中打开。要结束，在这里按 Ctrl-C。",
        "JupyterLab is starting and will open in the browser. To end it, press Ctrl-C here.",
    ))  # fmt: skip
    started, environment = command(folder, options), surroundings(os.environ, language())
    if sys.platform == "win32":  # exec would give the prompt back at once
        raise typer.Exit(subprocess.call(started, env=environment))
    os.execve(started[0], started, environment)

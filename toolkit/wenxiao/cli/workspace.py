"""``wenxiao init`` and ``wenxiao lab``: a workspace, and JupyterLab on it."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from wenxiao.cli.app import app, complain, say
from wenxiao.words import Words


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新工作文件夹 / the new workspace", show_default=False)],
) -> None:
    """新建工作文件夹：带说明的样例、模板和字段说明 / a workspace with a commented example, template and schema."""
    from wenxiao.running.places import STARTER, TEMPLATE, starter_file

    copies = {
        folder / "params" / "example.yaml": STARTER / "example.yaml",
        folder / "params" / "schema.json": starter_file("schema.json", "params"),
        folder / "notebooks" / TEMPLATE: starter_file(TEMPLATE, "notebooks"),
    }
    there = [target for target in copies if target.exists()]
    if there:
        complain(
            Words(
                f"已经有 {there[0]}，没有改动任何文件。", f"{there[0]} is there already; nothing was changed."
            )
        )
        raise typer.Exit(2)
    try:
        for target, source in copies.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (folder / "reports").mkdir(exist_ok=True)
    except OSError as error:
        complain(
            Words(
                f"写不了 {error.filename}：{error.strerror}",
                f"Can't write {error.filename}: {error.strerror}",
            )
        )
        raise typer.Exit(2) from None
    typer.echo(say(Words(
        f"已建好 {folder}。改好 params/example.yaml 后，在其中运行：wenxiao check params，再运行：wenxiao run params",
        f"{folder} is ready. Edit params/example.yaml there, then: wenxiao check params, and: wenxiao run params",
    )))  # fmt: skip


@app.command()
def lab(folder: Annotated[Path, typer.Argument(help="工作文件夹 / workspace")] = Path()) -> None:
    """在 JupyterLab 中打开工作文件夹 / open the workspace in JupyterLab."""
    raise typer.Exit(
        subprocess.call([sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"])
    )

"""How ``wenxiao lab`` starts JupyterLab: the workspace, and all of Wenxiao found without being installed anywhere."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from wenxiao.running.warm.client import KERNELS
from wenxiao.words import Words

HERE: Final = Path(__file__).resolve().parent


def command(folder: Path, options: Sequence[str]) -> list[str]:
    """Give the command that opens JupyterLab on ``folder``; ``options`` are JupyterLab's own and win."""
    return [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", *options]


def surroundings(environment: Mapping[str, str], language: str) -> dict[str, str]:
    """Give the environment for it.

    A wheel puts kernel, server extension and cards where Jupyter looks; a checkout, or a package that was only
    copied, does not: so Jupyter is pointed to the package itself. ``zh`` makes Chinese the default of the interface,
    and JupyterLab does not ask the internet for news and newer versions; what users have chosen in its settings stands
    above these defaults, and their settings are not written to.
    """
    config = [HERE / "config", *([HERE / "chinese"] if language == "zh" else [])]
    return {
        **environment,
        "JUPYTER_PATH": _before(environment.get("JUPYTER_PATH"), [HERE / "share", KERNELS.parent]),
        "JUPYTER_CONFIG_PATH": _before(environment.get("JUPYTER_CONFIG_PATH"), config),
    }


def _before(given: str | None, ours: Sequence[Path]) -> str:
    return os.pathsep.join([*map(str, ours), *([given] if given else [])])


def not_a_workspace(folder: Path) -> Words | None:
    """Say in a line why JupyterLab can't be opened on a folder; None where it can."""
    if not folder.exists():
        return Words(
            f"没有文件夹 {folder}。新建一个：wenxiao init {folder}",
            f"There is no folder {folder}. To make one: wenxiao init {folder}",
        )
    if not folder.is_dir():
        return Words(f"{folder} 不是文件夹。", f"{folder} is not a folder.")
    if not (folder / "params").is_dir():
        return Words(
            f"{folder} 里没有 params 文件夹，不是工作文件夹。新建一个：wenxiao init 文件夹",
            f"{folder} holds no folder params, so it is no workspace. To make one: wenxiao init FOLDER",
        )
    return None

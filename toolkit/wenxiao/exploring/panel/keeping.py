"""What a panel's changes become outside it: overrides for papermill, or a params file of their own."""

import json
from collections.abc import Mapping
from pathlib import Path

from wenxiao.composing import written
from wenxiao.errors import SpokenError, reason
from wenxiao.loading import source_of
from wenxiao.model import Project
from wenxiao.words import Words


class NotKeptError(SpokenError):
    """A file can't be written: there is one of that name, or the folder refuses."""


def proposed(project: Project, ending: str) -> str:
    """Give the path of a new file beside the project's own, as the user would write it."""
    source = source_of(project)
    file = Path(source.file) if source is not None else Path("project.yaml")
    return file.with_name(f"{file.stem}-{ending}.yaml").as_posix()


def overrides_cell(project: Project, facts: Mapping[str, object]) -> str:
    """Give overrides as the template's parameters cell takes them."""
    lines = [
        f"    {json.dumps(where)}: {json.dumps(value, ensure_ascii=False) if value is not None else None},"
        for where, value in facts.items()
    ]
    body = "\n".join(["overrides = {", *lines, "}"]) if lines else "overrides = {}"
    source = source_of(project)
    return body if source is None else f"params_file = {json.dumps(source.file, ensure_ascii=False)}\n{body}"


def overrides_text(project: Project, facts: Mapping[str, object]) -> str:
    """Give overrides as a file for ``papermill … -f``: YAML with ``params_file`` and ``overrides``."""
    source = source_of(project)
    named = {} if source is None else {"params_file": source.file}
    return "# 试算参数：papermill notebooks/self_evaluation.ipynb out.ipynb -f 本文件\n" + written(
        named | {"overrides": dict(facts)}
    )


def write_new(path: str | Path, text: str) -> Path:
    """Write a file that is not there yet.

    Raises:
        NotKeptError: there is a file of that name, or it can't be written.
    """
    path = Path(path)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise NotKeptError(
            Words(f"{path} 已经存在，没有覆盖。请换一个文件名。", f"{path} is there already and was not replaced. Choose another name.")
        ) from None  # fmt: skip
    except OSError as error:
        said = Words(
            "写不了 {path}：{why}。请换一个位置。", "{path} can't be written: {why}. Choose another place."
        )
        raise NotKeptError(said.filled(path=path, why=reason(error))) from None
    return path

"""The command's frame: the application, the language of its messages, and what several commands share."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from wenxiao.errors import InputError
from wenxiao.words import Words, locale_language

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="问效 Wenxiao：项目支出绩效自评的核对与报告",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Paths = Annotated[
    list[str],
    typer.Argument(help="params 文件、文件夹或通配符 / files, folders or globs", show_default=False),
]
Rubric = Annotated[str | None, typer.Option(help="改用的评分规则 / rubric to use instead")]
Json = Annotated[bool, typer.Option("--json", help="机器可读 / machine-readable")]


class Language(StrEnum):
    """Language of messages."""

    zh = "zh"
    en = "en"


_state = {"language": "en"}


@app.callback()
def _main(
    lang: Annotated[
        Language | None, typer.Option(help="zh 或 en；默认随系统语言 / language of messages")
    ] = None,
) -> None:
    _state["language"] = lang.value if lang else locale_language(os.environ)


def language() -> str:
    """Give the language of messages: ``zh`` or ``en``."""
    return _state["language"]


def say(words: Words) -> str:
    """Give words in the user's language."""
    return words.in_(language())


def complain(words: Words | str) -> None:
    """Write a line to standard error."""
    typer.echo(words if isinstance(words, str) else say(words), err=True)


def refuse(error: InputError | Words) -> NoReturn:
    """Say why a command can't be carried out, and end it with exit code 2."""
    complain(error.text(language()) if isinstance(error, InputError) else error)
    raise typer.Exit(2)


def files_of(paths: list[str]) -> list[Path]:
    """Give the params files of paths; end with exit code 2 when there are none."""
    from wenxiao.running.places import params_files

    files, nothing = params_files(paths)
    for given in nothing:
        complain(Words(f"{given}：里面没有 .yaml 文件。", f"{given}: no .yaml file in it."))
    if not files:
        raise typer.Exit(2)
    return files


_SEVERITY = {
    "problem": Words("需修改", "to be corrected"), "error": Words("错误", "error"),
    "warning": Words("警告", "warning"), "note": Words("提示", "note"),
}  # fmt: skip


def severity(name: str) -> str:
    """Give the word for a severity, or for a problem of loading."""
    return say(_SEVERITY[name])

"""The command's frame: the application, the language of its messages, and what several commands share."""

import errno
import io
import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from wenxiao.cli.usage import UsageError, explained
from wenxiao.errors import InputError, WenxiaoError, reason, shown_path
from wenxiao.visible import quoted, steady, steady_json
from wenxiao.words import Words, locale_language

INTERRUPTED = 130


class Frame(TyperGroup):
    """All commands: what none of them catches is still told in a line, in the user's language, never as a traceback."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command line, and end the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        _state["language"] = _asked(arguments) or locale_language(os.environ)
        _steady_streams()
        sys.exit(self._code(arguments, args, more, extra))

    def _code(self, arguments: Sequence[str], args: Any, more: Any, extra: Any) -> int:
        try:
            if "" in arguments:
                refuse(_EMPTY)
            code = super().main(args, *more, **{**extra, "standalone_mode": False})
        except UsageError as error:
            for line in explained(error, arguments):
                complain(line)
            return 2
        except typer.Exit as error:
            return error.exit_code
        except (KeyboardInterrupt, typer.Abort):
            complain(Words("已停止。", "Stopped."))
            return INTERRUPTED
        except WenxiaoError as error:
            complain(error)
            return 2
        except OSError as error:
            complain(no_access(error))
            return 2
        except RuntimeError as error:
            if not str(error).startswith("Symlink loop"):  # which pathlib says until Python 3.12
                raise
            complain(no_access(OSError(errno.ELOOP, "", str(error).partition(" from ")[2].strip("'"))))
            return 2
        return code if isinstance(code, int) else 0


def _steady_streams() -> None:
    """Make sure that writing ends nothing: neither a letter that the terminal can't show, nor a stream that is closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  until the end
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _asked(arguments: Sequence[str]) -> str | None:
    """Give the language a command line asks for; needed before it is understood."""
    at = arguments.index("--lang") + 1 if "--lang" in arguments else 0
    return arguments[at] if at and arguments[at : at + 1] in (["zh"], ["en"]) else None


_EMPTY = Words(
    '命令里有一个空的参数（""）：很可能所用的变量没有值。请写明，或者删去。',
    'An argument is empty (""): a variable used there has probably no value. Write it out, or leave it away.',
)

app = typer.Typer(
    cls=Frame,
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


def tell(words: Words | str) -> None:
    """Write lines to standard output, with nothing in them that steers a terminal."""
    typer.echo(steady(words if isinstance(words, str) else say(words)))


def tell_json(data: Any, indent: int | None = 2) -> None:
    """Write data as JSON to standard output."""
    typer.echo(steady_json(json.dumps(data, ensure_ascii=False, indent=indent)))


def complain(said: Words | WenxiaoError | str) -> None:
    """Write lines to standard error, with nothing in them that steers a terminal."""
    text = said.text(language()) if isinstance(said, WenxiaoError) else said
    typer.echo(steady(text if isinstance(text, str) else say(text)), err=True)


def no_access(error: OSError, otherwise: object = "", instead: object = "") -> Words:
    """Say which file can't be read or written, and why.

    ``otherwise`` is named where the error names no file, ``instead`` whatever it names.
    """
    named, why = instead or error.filename or otherwise, reason(error)
    if not named:
        return Words(f"写不了屏幕或所指的文件：{why.zh}。", f"Can't write the output: {why.en}.")
    shown = quoted(shown_path(Path(os.fsdecode(named))) if isinstance(named, str | bytes) else str(named))
    return Words(
        f"读写不了 {shown}：{why.zh}。请换一个位置，或检查权限和磁盘。",
        f"Can't read or write {shown}: {why.en}. Choose another place, or check the permissions and the disk.",
    )


def refuse(error: InputError | Words) -> NoReturn:
    """Say why a command can't be carried out, and end it with exit code 2."""
    complain(error)
    raise typer.Exit(2)


def files_of(paths: list[str]) -> list[Path]:
    """Give the params files of paths; end with exit code 2 when there are none."""
    from wenxiao.running.places import params_files

    files: dict[Path, None] = {}
    for given in paths:
        try:
            found, nothing = params_files([given])
        except OSError as error:
            complain(no_access(error, given))
            continue
        except ValueError:  # a pattern that is none
            found, nothing = [], [given]
        if nothing:
            complain(_no_params(given))
        files.update(dict.fromkeys(_written_by_people(found)))
    if not files:
        raise typer.Exit(2)
    return list(files)


def _written_by_people(found: list[Path]) -> list[Path]:
    """Leave away the facts inside reports, where reports were put below the params files; unless there are no others."""
    from wenxiao.running.storage.base import PROVENANCE

    own = [path for path in found if not path.with_name(PROVENANCE).is_file()]
    return own or found


def _no_params(given: str) -> Words:
    """Say that a folder holds no params file, or that no file fits a pattern."""
    folder, shown = Path(given), quoted(given)
    if not folder.is_dir():
        return Words(
            f"{shown}：没有符合的文件。请核对写法。", f"{shown}: no file fits. Check how it is written."
        )
    if next(folder.rglob("*.yml"), None) is not None:
        return Words(
            f"{shown}：里面没有 .yaml 文件，只有 .yml；请把文件名改成 .yaml 结尾。",
            f"{shown}: no .yaml file in it, only .yml; rename them to end with .yaml.",
        )
    return Words(
        f"{shown}：里面没有 .yaml 文件。请写项目文件所在的文件夹；新建一份：wenxiao init 文件夹。",
        f"{shown}: no .yaml file in it. Name the folder of the params files; to make one: wenxiao init FOLDER.",
    )


_SEVERITY = {
    "problem": Words("需修改", "to be corrected"), "error": Words("错误", "error"),
    "warning": Words("警告", "warning"), "note": Words("提示", "note"),
}  # fmt: skip


def severity(name: str) -> str:
    """Give the word for a severity, or for a problem of loading."""
    return say(_SEVERITY[name])

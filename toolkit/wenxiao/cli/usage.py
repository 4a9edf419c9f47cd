"""What is said of a command line that can't be understood: what is wrong, how it is written, where help stands."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer

from wenxiao.visible import quoted
from wenxiao.words import Words

UsageError: Final[type[Any]] = typer.BadParameter.__mro__[1]
"""Base of all that can be wrong with a command line; typer exports only the class derived from it."""

_SAID: Final = (
    (r"No such option: (?P<a>.+)", "没有 {a} 这个选项。", "There is no option {a}."),
    (r"No such command '(?P<a>.+?)'\..*", "没有 {a} 这个命令。", "There is no command {a}."),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<a>.*)\)", "多写了 {a}。", "{a} is one too many."),
    (r"Option '(?P<a>.+?)' requires .*", "{a} 后面要写一个值。", "{a} needs a value."),
    (r"Option '(?P<a>.+?)' does not take a value\.", "{a} 后面不写值。", "{a} takes no value."),
    (r"Missing command\.", "没有写命令。", "No command is given."),
)
_VALUES: Final = (
    (r"Input should be a valid integer.*", "要写整数", "must be a whole number"),
    (r"Input should be a valid number.*|Input should be a finite number.*", "要写数字", "must be a number"),
    (r"Input should be greater than or equal to (?P<a>\S+)", "不能小于 {a}", "must be {a} or more"),
    (r"Input should be less than or equal to (?P<a>\S+)", "不能大于 {a}", "must be {a} or less"),
    (r".*is not one of (?P<a>.+?)\.?", "可以写 {a}", "takes {a}"),
)


def explained(error: Any, arguments: Sequence[str]) -> Iterator[Words]:
    """Give the lines that say what is wrong with a command line, how the command is written, and where its help stands."""
    yield _wrong(error, arguments)
    if error.ctx is not None:
        usage = error.ctx.get_usage().removeprefix("Usage:").strip()
        yield Words(f"用法：{usage}", f"Usage: {usage}")
        yield Words(f"说明：{error.ctx.command_path} --help", f"Help: {error.ctx.command_path} --help")


def _wrong(error: Any, arguments: Sequence[str]) -> Words:
    said = str(error.format_message())
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        name = " / ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.name
        zh, en = _help(parameter)
        return Words(f"没有写 {name}（{zh}）。", f"{name} is missing ({en}).")
    if kind == "BadParameter" and parameter is not None:
        return _value(parameter, str(error.message), arguments)
    for pattern, zh, en in _SAID:
        if found := re.fullmatch(pattern, said if kind != "NoSuchOption" else error.message, re.S):
            given = {name: quoted(text) for name, text in found.groupdict().items()}
            return Words(zh.format(**given) + _meant(error, "zh"), en.format(**given) + _meant(error, "en"))
    return Words(said, said)


def _value(parameter: Any, message: str, arguments: Sequence[str]) -> Words:
    """Say what is wrong with the value of an option or an argument, and which one it is."""
    name = " / ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.name
    given = quoted(_given(parameter, arguments))
    for pattern, zh, en in _VALUES:
        if found := re.fullmatch(pattern, message, re.S):
            values = {key: quoted(text.replace("'", "")) for key, text in found.groupdict().items()}
            zh_now, en_now = (f"，现在是“{given}”", f", not “{given}”") if given else ("", "")
            return Words(f"{name} {zh.format(**values)}{zh_now}。", f"{name} {en.format(**values)}{en_now}.")
    return Words(f"{name}：{message}", f"{name}: {message}")


def _given(parameter: Any, arguments: Sequence[str]) -> str:
    """Give what was written for an option; empty where that can't be told."""
    for option in parameter.opts:
        for at, one in reversed(list(enumerate(arguments))):
            if one == option:
                return arguments[at + 1] if at + 1 < len(arguments) else ""
            if option.startswith("--") and one.startswith(f"{option}="):
                return one.partition("=")[2]
    return ""


def _help(parameter: Any) -> tuple[str, str]:
    """Give a parameter's help in both languages: they stand there as 中文 / English."""
    zh, _, en = (parameter.help or parameter.name or "").partition(" / ")
    return zh, en or zh


def _meant(error: Any, language: str) -> str:
    """Give what was probably meant; empty where nothing is like it."""
    like = list(getattr(error, "possibilities", None) or ()) or re.findall(
        r"'([\w-]+)'", str(error.message).partition("Did you mean")[2]
    )
    if not like:
        return ""
    names = sorted(like)
    return f"是不是 {'、'.join(names)}？" if language == "zh" else f" Is it {' or '.join(names)}?"

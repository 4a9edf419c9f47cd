"""Errors a user can meet; each says what is wrong, where, and what to write instead.

* WenxiaoError
  + InputError        a params file or rubric can't be loaded; carries every Problem of the file
  + SpokenError       one message in both languages: reports can't be kept, a cluster can't be used
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wenxiao.words import Words


class WenxiaoError(Exception):
    """Base of all errors meant for users."""

    def text(self, language: str) -> str:
        """Give the message in ``zh`` or ``en`` (here: as it stands)."""
        return str(self)

    def _render_traceback_(self) -> list[str]:
        """Give what a notebook shows in place of a traceback."""
        return str(self).splitlines()


class SpokenError(WenxiaoError):
    """Base of errors that say one thing; ``words`` says it in both languages."""

    def __init__(self, words: Words):
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words.zh

    def text(self, language: str) -> str:
        """Give the message in ``zh`` or ``en``."""
        return self.words.in_(language)


@dataclass(frozen=True)
class Problem:
    """One fault of an input file: the place, what is wrong, and what to write instead.

    ``line`` and ``column`` count from 1; 0 means the file as a whole. ``where`` is the field's path, such as
    ``indicators[2].points`` (indices count from 0), or empty.
    """

    file: str
    line: int
    column: int
    where: str
    wrong: Words
    instead: Words

    @property
    def place(self) -> str:
        """The place as editors and compilers write it: ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def text(self, language: str) -> str:
        """Give the problem as up to three lines: place and field, what is wrong, what instead.

        What concerns the file as a whole is one line.
        """
        said = (self.wrong.in_(language), self.instead.in_(language))
        if not self.line and not self.where:
            return f"{self.file}: {Words('', ' ').in_(language).join(filter(None, said))}"
        lines = [f"{self.place}  {self.where}".rstrip(), *(f"  {words}" for words in said if words)]
        return "\n".join(lines)


class InputError(WenxiaoError):
    """A file that can't be loaded, with all its faults at once.

    >>> import wenxiao as wx
    >>> try:
    ...     wx.load("params/2021/xinhuang-video-conference.yaml", {"budget.total.outturn": "30万元"})
    ... except wx.InputError as error:
    ...     print(error.problems[0].where, error.problems[0].instead.zh)
    budget.total.outturn 全年执行数只写数字，例如 outturn: 30。
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column, p.where)))
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        """Give all problems, and how many there are."""
        parts = [problem.text(language) for problem in self.problems]
        count = len(parts)
        if count == 1 and "\n" not in parts[0]:
            return parts[0]
        parts.append(Words(f"共 {count} 处需要修改。", f"{count} to be corrected.").in_(language))
        return "\n".join(parts)


def shown_path(path: Path) -> str:
    """Give a path as the user would write it: relative to the working folder where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

"""Errors a user can meet; each says what is wrong, where, and what to write instead.

* WenxiaoError
  + InputError        a params file or rubric can't be loaded; carries every Problem of the file
  + SpokenError       one message in both languages: reports can't be kept, a cluster can't be used
"""

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wenxiao.visible import quoted, visible
from wenxiao.words import Words

MOST_TOLD: Final = 100
"""How many problems of one file are told at once."""


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
        file = visible(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file

    def text(self, language: str) -> str:
        """Give the problem as up to three lines: place and field, what is wrong, what instead.

        What concerns the file as a whole is one line.
        """
        said = (self.wrong.in_(language), self.instead.in_(language))
        if not self.line and not self.where:
            return f"{self.place}: {Words('', ' ').in_(language).join(filter(None, said))}"
        lines = [f"{self.place}  {quoted(self.where)}".rstrip(), *(f"  {words}" for words in said if words)]
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
        """Give all problems, and how many there are; of very many the first, for nobody reads a thousand lines."""
        count = len(self.problems)
        parts = [problem.text(language) for problem in self.problems[:MOST_TOLD]]
        if count == 1 and "\n" not in parts[0]:
            return parts[0]
        total = Words(f"共 {count} 处需要修改。", f"{count} to be corrected.")
        if count > MOST_TOLD:
            total = Words(
                f"共 {count} 处需要修改，这里列出前 {MOST_TOLD} 处；改好这些再核对一次。",
                f"{count} to be corrected, the first {MOST_TOLD} of which are listed; mend these, then check again.",
            )
        parts.append(total.in_(language))
        return "\n".join(parts)


def shown_path(path: Path) -> str:
    """Give a path as the user would write it: relative to the working folder where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError, RuntimeError):  # elsewhere, no path at all, or links in a circle
        return path.as_posix()


def reason(error: OSError) -> Words:
    """Say why the system refused a file, in both languages; in its own words where it is none of the usual reasons."""
    own = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0) or Words(own, own)


def not_opened(error: OSError) -> Words:
    """Say that a file can't be opened, and why."""
    return Words("打不开：{why}。", "It can't be opened: {why}.").filled(why=reason(error))


_REASONS: Final = {
    errno.ENOENT: Words("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: Words("没有权限", "permission is denied"),
    errno.EPERM: Words("系统不允许", "the system does not permit it"),
    errno.EROFS: Words("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: Words("磁盘满了", "the disk is full"),
    errno.EDQUOT: Words("超出了磁盘配额", "the disk quota is used up"),
    errno.EFBIG: Words("文件超出了允许的大小", "the file is larger than is allowed here"),
    errno.EISDIR: Words("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: Words("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder"),
    errno.EEXIST: Words("已经有同名的文件", "there is a file of that name already"),
    errno.ENAMETOOLONG: Words("名字太长", "the name is too long"),
    errno.ELOOP: Words("链接绕成了圈", "its links go round in a circle"),
    errno.ENOTEMPTY: Words("文件夹不是空的", "the folder is not empty"),
    errno.EMFILE: Words("打开的文件太多", "too many files are open"),
    errno.ENXIO: Words("不是普通文件", "it is no ordinary file"),
}  # fmt: skip

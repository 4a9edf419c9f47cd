"""What a verification found: differences with their places, what was the same, and what could not be checked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from wenxiao.errors import SpokenError
from wenxiao.visible import visible
from wenxiao.words import Words

SCHEMA: Final = "wenxiao/verify/1"

Kind = Literal[
    "changed", "missing", "extra", "number", "text", "bytes", "log", "signature", "failed", "unsafe"
]
"""What differs: a file from its recorded hash · a file that is gone · one too many · a number or field of a record or
table · words a reader sees · only bytes no reader sees · the log of the site · its signature · a report could not be
made again · something that no publication holds, and that was not opened.
"""


NOWHERE: Final = Words("", "")
"""The file as a whole."""


class UnusableError(SpokenError):
    """What was given can't be verified: it is no publication of ours, or does not hold what that takes."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where what was published is not what it should be.

    ``file`` is a path inside what was verified, empty for the whole; ``where`` the place inside the file.
    ``published`` and ``expected`` are the two texts, None where one side has none; ``said`` is a sentence where two
    texts don't tell it. ``cause`` is the likely one, where there is any.
    """

    kind: Kind
    file: str
    where: Words = NOWHERE
    published: str | None = None
    expected: str | None = None
    said: Words | None = None
    cause: Words | None = None

    def within(self, folder: str) -> "Difference":
        """Give the same difference as seen from outside a folder."""
        return replace(self, file=f"{folder}/{self.file}" if self.file else folder)

    def renamed(self, file: str) -> "Difference":
        """Give the same difference in a file of another name."""
        return replace(self, file=file)

    @property
    def message(self) -> Words:
        """What differs, as one sentence."""
        if self.said is not None:
            return self.said
        if self.published is None:
            return Words(f"公布的里面没有“{self.expected}”。", f"What was published lacks “{self.expected}”.")
        if self.expected is None:
            return Words(
                f"公布的多出“{self.published}”。", f"What was published has “{self.published}” in addition."
            )
        return Words(
            f"公布 {self.published}，重算 {self.expected}。",
            f"published {self.published}, recomputed {self.expected}.",
        )

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give plain data for JSON."""
        return {
            "kind": self.kind, "file": self.file, "where": self.where.in_(language),
            "published": self.published, "expected": self.expected, "message": self.message.in_(language),
            "cause": self.cause.in_(language) if self.cause else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what reports are made with, as recorded at publication and as it is here; ``reports`` counts those."""

    name: str
    recorded: str
    present: str
    reports: int = 1

    @property
    def same(self) -> bool:
        """Whether the two are equal."""
        return self.recorded == self.present


@dataclass(frozen=True)
class Result:
    """What :func:`wenxiao.publishing.verifying.verify` found. ``same`` and ``unchecked`` are sentences for readers;
    ``heads`` are (year, size, root) of the site's logs, to be kept for the next verification.
    """

    subject: Literal["report", "pdf", "docx", "site"]
    path: str
    differences: tuple[Difference, ...] = ()
    same: tuple[Words, ...] = ()
    unchecked: tuple[Words, ...] = ()
    environment: tuple[Part, ...] = ()
    heads: tuple[tuple[int, int, str], ...] = ()

    @property
    def identical(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give the whole as plain data for JSON (schema ``wenxiao/verify/1``, see docs/verify.md)."""
        return {
            "schema": SCHEMA, "subject": self.subject, "path": self.path,
            "verdict": "identical" if self.identical else "differs",
            "differences": [one.as_dict(language) for one in self.differences],
            "same": [words.in_(language) for words in self.same],
            "unchecked": [words.in_(language) for words in self.unchecked],
            "environment": [
                {"name": one.name, "recorded": one.recorded, "present": one.present, "same": one.same, "reports": one.reports}
                for one in self.environment
            ],
            "heads": [{"year": year, "size": size, "root": root} for year, size, root in self.heads],
        }  # fmt: skip


def listed(names: Iterable[str], most: int = 5) -> Words:
    """Give the first names of many, and how many there are."""
    names = [visible(name) for name in names]
    shown = names[:most]
    more = (
        Words(f" 等 {len(names)} 个", f" and {len(names) - most} more")
        if len(names) > most
        else Words("", "")
    )
    return Words("、".join(shown) + more.zh, ", ".join(shown) + more.en)

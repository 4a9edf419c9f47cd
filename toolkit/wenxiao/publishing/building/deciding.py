"""What is to be done with each report: the gate's word, then what the log and the site say of it.

Codes beside those of the gate:

==== ========================================================================================
G713 the folder's name can't stand on every file system
G714 the name differs from another one in case or width only
G715 what the report says has changed since it was published, and no reason is given
G716 the evaluation is damaged
==== ========================================================================================
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from wenxiao.publishing.building.names import Names
from wenxiao.publishing.building.reading import holds, manifest_at, row_of
from wenxiao.publishing.building.state import State
from wenxiao.publishing.folders import ReportFolder, Unreadable, read_folder
from wenxiao.publishing.gate import judge
from wenxiao.publishing.gate.reasons import Refusal, Verdict
from wenxiao.publishing.ledger import Ledger
from wenxiao.publishing.manifest import facts_changed, manifest_hash, manifest_text, published_files
from wenxiao.publishing.published import Entry, Kind, Row
from wenxiao.publishing.settings import Settings
from wenxiao.words import Words

OF_THE_FOLDER: Final = frozenset({"G700", "G702", "G703", "G704", "G705", "G706"})
"""Codes of the gate that tell of a folder that is damaged, mixed, or just being made."""
Status = Literal["published", "corrected", "reissued", "withdrawn", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one report. ``entry`` is the line the log will get, ``row`` what lists will show of it.

    ``place_it`` says that its folder must be put in place, which an unchanged report needs after an interruption;
    ``stands`` that of a refused report an earlier version stays on the site.
    """

    path: Path
    place: str
    status: Status
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()
    entry: Entry | None = None
    row: Row | None = None
    manifest: str = ""
    place_it: bool = False
    stands: bool = False


@dataclass
class Decider:
    """Decides report by report, in their order; nothing is written."""

    site: Path
    ledger: Ledger
    state: State
    settings: Settings
    day: dt.date
    because: str | None = None
    names: Names = field(init=False)
    _live: set[str] = field(init=False)
    _next: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names(self.ledger.live())
        self._live = {f"{year}/{stem}" for year, stem in self.ledger.live()}

    def question(self, folder: ReportFolder | Unreadable) -> "tuple[Path, dt.date] | None":
        """Give what :func:`verdict_at` is to be asked about a report; None: nothing, it has passed the gate."""
        if isinstance(folder, Unreadable) or self.state.passed.get(folder.place) == _seen(folder):
            return None
        return folder.path, self.day

    def decide(self, folder: ReportFolder | Unreadable, verdict: Verdict | None) -> Decision:
        """Give what becomes of a report; no verdict: it has passed the gate before."""
        found = self._decided(folder, verdict or Verdict())
        if found.entry:
            self._next[found.entry.year] = found.entry.n + 1
        return found

    def _decided(self, folder: ReportFolder | Unreadable, verdict: Verdict) -> Decision:
        if isinstance(folder, Unreadable):
            stands = folder.place in self._live
            return Decision(
                folder.path, folder.place, "refused", judge(folder, self.day).refusals, stands=stands
            )
        history = self.ledger.history(folder.year, folder.stem)
        if (unfit := self.names.refuse(folder.year, folder.stem)) is not None:
            return Decision(folder.path, folder.place, "refused", (unfit,))
        if not verdict.passed:
            return self._refused(folder, history, verdict.refusals)
        found = self._accepted(folder, history, verdict.notes)
        if found.status != "refused":
            self.names.take(folder.year, folder.stem)
            self.state.passed[folder.place] = _seen(folder)
        return found

    def _refused(
        self, folder: ReportFolder, history: tuple[Entry, ...], refusals: tuple[Refusal, ...]
    ) -> Decision:
        """A report that is on the site and may no longer be there is withdrawn; its last line names a code only.

        What is wrong with the new folder alone says nothing of what was published: that stays.
        """
        self.state.passed.pop(folder.place, None)
        refusals = tuple(sorted(refusals, key=_gravity))
        if not history or {one.code for one in refusals} <= OF_THE_FOLDER:
            return Decision(folder.path, folder.place, "refused", refusals, stands=bool(history))
        entry = Entry(
            folder.year, self._number(folder.year), self.day, "withdrawn", history[0].report, None, None,
            history[-1].manifest, refusals[0].code,
        )  # fmt: skip
        return Decision(folder.path, folder.place, "withdrawn", refusals, entry=entry)

    def _accepted(
        self, folder: ReportFolder, history: tuple[Entry, ...], notes: tuple[Refusal, ...]
    ) -> Decision:
        text = manifest_text(folder.year, folder.stem, folder.provenance)
        kind, there = self._kind(folder, history, manifest_hash(text))
        if kind == "corrected" and not self.because:
            return Decision(
                folder.path, folder.place, "refused", (_unexplained(folder.place),), notes, stands=True
            )
        entry = self._entry(folder, history, kind, manifest_hash(text)) if kind else None
        try:
            row = row_of(folder.stem, folder.record, (*history, *([entry] if entry else [])), self.settings)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
            return Decision(
                folder.path, folder.place, "refused", (_damaged(folder.place),), notes, stands=bool(history)
            )
        return Decision(
            folder.path, folder.place, kind or "unchanged", (), notes, entry, row, text, kind is not None or not there
        )  # fmt: skip

    def _kind(
        self, folder: ReportFolder, history: tuple[Entry, ...], manifest: str
    ) -> tuple[Kind | None, bool]:
        """Give the kind of line the log gets (None: no line), and whether the site holds what the log says last."""
        if not history:
            return "published", False
        there = manifest_at(self.site / folder.place, history[-1].manifest)
        files = published_files(folder.provenance)
        if there is not None and there["files"] == files:
            return None, holds(self.site / folder.place, files)
        if there is None and manifest == history[-1].manifest:
            return None, False
        before = there or manifest_at(self.site / folder.place, None) or {"files": {}}
        return ("corrected" if facts_changed(before["files"], files) else "reissued"), there is not None

    def _entry(self, folder: ReportFolder, history: tuple[Entry, ...], kind: Kind, manifest: str) -> Entry:
        n = self._number(folder.year)
        first, last = (history[0].report, history[-1].manifest) if history else (n, None)
        reason = self.because if kind == "corrected" else None
        return Entry(folder.year, n, self.day, kind, first, folder.stem, manifest, last, reason)

    def _number(self, year: int) -> int:
        """Give the number of the line that the log will get next."""
        return self._next.get(year, self.ledger.next(year))


def verdict_at(question: tuple[Path, dt.date]) -> Verdict:
    """Give the gate's word on the report in a folder, on a day of publication."""
    path, day = question
    return judge(read_folder(path), day)


def _gravity(one: Refusal) -> int:
    """A report goes for the gravest reason: secrecy, then personal data, then what is wrong with it, then its folder."""
    return {"D502": 0, "D501": 1}.get(one.code, 3 if one.code in OF_THE_FOLDER else 2)


def _seen(folder: ReportFolder) -> str:
    """Give a hash of all that the gate looks at: the same again is not examined again by the same code."""
    said: Mapping[str, Any] = {key: folder.provenance[key] for key in ("files", "inputs", "python")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _unexplained(place: str) -> Refusal:
    return Refusal("G715", place, _CHANGED, _BECAUSE)


def _damaged(place: str) -> Refusal:
    return Refusal("G716", f"{place}/evaluation.json", _UNREADABLE, _AGAIN)


_CHANGED: Final = Words(
    "已公开过，现在数字或事实变了；网站上仍是原来的版本。",
    "It was published with other figures or facts; the site still shows those.",
)
_BECAUSE: Final = Words(
    "确需更正的，用 --because 写明原因再发布；原因会公开，旧版本留档。",
    "To correct it, publish with --because and the reason; the reason is published and the earlier version kept.",
)
_UNREADABLE: Final = Words("评价结果读不出。", "The evaluation can't be read.")
_AGAIN: Final = Words("用 wenxiao run 重新生成。", "Make the report again with wenxiao run.")

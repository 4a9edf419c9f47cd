"""What an import gives: the params text, the project where it loads, and what a person still has to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wenxiao.importing.grid import Place
from wenxiao.model import Project

Status = Literal["read", "partly", "not"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Note:
    """What a person should look at: where it stands, the text as printed, what was taken, and why.

    ``field`` is the field path (``indicators[2].points``), empty where it concerns the document. ``uncertain`` is
    False for a remark that puts no figure in doubt (which rubric was chosen).
    """

    place: Place | None
    text: str
    taken: str
    why: str
    field: str = ""
    uncertain: bool = True

    def shown(self) -> str:
        """Give the note as one Chinese line."""
        where = f"{self.place.shown()}：" if self.place else ""
        printed = f"原文“{self.text}”，" if self.text else ""
        taken = f"取作“{self.taken}”，" if self.taken else ""
        return f"{where}{printed}{taken}{self.why}"


@dataclass(frozen=True)
class Unread:
    """A cell or paragraph that ended up nowhere: its place, its text (personal data masked), and, where that is known, why."""

    place: Place
    text: str
    why: str = ""

    def shown(self) -> str:
        """Give it as one Chinese line."""
        return f"{self.place.shown()}：“{self.text}”" + (f"，{self.why}" if self.why else "")


@dataclass(frozen=True)
class Personal:
    """Personal data seen and not copied: where, which kind, and a masked form."""

    place: Place
    kind: str
    masked: str


@dataclass(frozen=True)
class Imported:
    """One document after its reading. ``text`` is a params file, to be reviewed; ``project`` is None where it does not load.

    ``missing`` names the required fields that were not found (``project.unit``).
    """

    file: str
    text: str
    project: Project | None
    notes: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    personal: tuple[Personal, ...] = ()
    missing: tuple[str, ...] = ()
    facts_found: bool = True
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Field path → the cell or paragraph it was read from."""
    everything: tuple[Unread, ...] = field(default=(), compare=False, repr=False)
    """Every cell and paragraph that says something, read or not."""

    @property
    def status(self) -> Status:
        """``read``: loads, nothing left out, nothing in doubt; ``not``: no figure found; else ``partly``."""
        if not self.facts_found:
            return "not"
        doubts = any(note.uncertain for note in self.notes)
        return "partly" if self.project is None or self.unread or doubts else "read"

    @property
    def confidence(self) -> Confidence:
        """``high``: nothing is in doubt; ``medium``: single figures are; ``low``: required fields are missing."""
        if self.project is None:
            return "low"
        return "medium" if any(note.uncertain for note in self.notes) else "high"

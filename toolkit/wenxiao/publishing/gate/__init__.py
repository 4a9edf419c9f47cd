"""The disclosure gate: which reports may be published, and why the others may not.

Nothing is taken on trust that the folder itself can show: each file is hashed anew, each text of each file is searched
for personal data, and what would be published is no more than what the gate has looked into. The codes stand in
:mod:`wenxiao.publishing.gate.reasons`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

from wenxiao import document
from wenxiao.errors import InputError
from wenxiao.publishing.folders import PARAMS, RECORD, ReportFolder, Unreadable
from wenxiao.publishing.gate import facts, office, pdf, privacy, properties, reading
from wenxiao.publishing.gate.reading import Piece
from wenxiao.publishing.gate.reasons import RUN_AGAIN, Refusal, Verdict, refusal
from wenxiao.running.formats import FILES
from wenxiao.running.storage.base import PROVENANCE, digest
from wenxiao.words import Words

NOTEBOOK, PAGE, PDF, RUBRIC = "report.ipynb", "report.html", "report.pdf", "rubric.yaml"
NEEDED: Final = (PARAMS, RECORD, NOTEBOOK, PAGE)
OFFICE: Final = tuple(name for kind in ("docx", "xlsx") for name in FILES[kind])
KNOWN: Final = frozenset({*NEEDED, PDF, *OFFICE, RUBRIC, PROVENANCE})
"""The files that the gate can look into; a folder with any other is refused."""
_OF_THE_SYSTEM: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a file manager leaves: no run lists it, so that it is never published."""
CARRIED: Final = {RECORD: document.RECORD, PARAMS: document.FACTS, RUBRIC: document.RULES}
"""The files that a notebook carries in its outputs, and a PDF as attachments."""


def examine(folder: ReportFolder | Unreadable, on: dt.date | None = None) -> tuple[Refusal, ...]:
    """Give every reason why a report may not be published; none: it may. ``on`` is the day of publication."""
    return judge(folder, on).refusals


def judge(folder: ReportFolder | Unreadable, on: dt.date | None = None) -> Verdict:
    """Give what refuses a report, all at once, and what is told without refusing it."""
    if isinstance(folder, Unreadable):
        return Verdict((Refusal("G700", folder.place, folder.words, folder.remedy),))
    examination = _Examination(folder, on)
    refusals = tuple(examination.run())
    return Verdict(refusals, tuple(examination.notes))


class _Examination:
    """One report under examination: each file is read once, whatever it is then looked at for."""

    def __init__(self, folder: ReportFolder, on: dt.date | None):
        self.folder = folder
        self.on = on
        self.unit = str(folder.record["project"]["unit"])
        self.contents: dict[str, bytes] = {}
        self.changed: set[str] = set()
        self.pieces: list[Piece] = []
        self.notes: list[Refusal] = []

    def run(self) -> Iterator[Refusal]:
        # The folder's name becomes an address; it is read as any other text.
        self.pieces.append((self.folder.place, re.sub(r"[-_.]+", " ", self.folder.stem)))
        yield from self._whole()
        looks: tuple[tuple[str, Callable[[bytes], Iterator[Refusal]]], ...] = (
            (PARAMS, self._facts), (RECORD, self._record), (NOTEBOOK, self._notebook), (PAGE, self._page),
            (PDF, self._pdf), (RUBRIC, self._rubric), *((name, partial(self._office, name)) for name in OFFICE),
        )  # fmt: skip
        for name, look in looks:
            if (content := self.contents.get(name)) is not None:
                try:
                    yield from look(content)
                except ValueError:
                    yield refusal("G706", name, "unfit")
        distinct = list(_distinct(self.pieces))
        refused, told = privacy.personal(distinct)
        yield from refused
        yield from properties.paths(distinct)
        self.notes += [*told, *facts.told(self.folder.record)]

    def _whole(self) -> Iterator[Refusal]:
        """Exactly the files of the run, as the run wrote them."""
        listed = self.folder.files
        there = {path.name for path in self.folder.path.iterdir()} - _OF_THE_SYSTEM - {PROVENANCE}
        for name in sorted((there | set(listed)) - (KNOWN & set(listed))):
            yield refusal("G704", name, "foreign")
        for name in sorted(KNOWN & (set(listed) | set(NEEDED))):
            try:
                content = self.folder.read(name)
            except OSError:
                yield refusal("G703", name, "missing")
                continue
            if name in listed:
                self.contents[name] = content
                if digest(content) != listed[name]:
                    self.changed.add(name)
                    yield refusal("G702", name, "changed")

    def _facts(self, content: bytes) -> Iterator[Refusal]:
        """params.yaml: what it says about publishing, and each of its fields."""
        folder = self.folder
        try:
            self.pieces += reading.of_facts(folder.sheet.data, content.decode("utf-8"))
            yield from facts.kept_inside(folder)
            project = folder.project()
        except InputError as error:
            yield Refusal("G706", PARAMS, Words(error.text("zh"), error.text("en")), RUN_AGAIN)
            return
        about = folder.record["project"]
        if PARAMS not in self.changed and digest(content) != folder.provenance["inputs"]["params"]:
            yield self._apart(PARAMS, PROVENANCE)
        if (project.name, project.year, project.unit) != (about["name"], about["year"], about["unit"]):
            yield self._apart(PARAMS, RECORD)
        yield from facts.sanctioned(project.disclosure, project.year, self.on)
        yield from facts.evidenced(project)

    def _record(self, content: bytes) -> Iterator[Refusal]:
        """evaluation.json: what was found, and each of its texts; with it, what the manifest takes from provenance.json."""
        record = self.folder.record
        self.pieces += reading.of_data(RECORD, record)
        made = {key: self.folder.provenance[key] for key in ("inputs", "python")}
        self.pieces += reading.of_data(PROVENANCE, made)
        yield from facts.tried_out(record)
        yield from facts.open_errors(record)
        yield from facts.unfinished(self.folder)

    def _notebook(self, content: bytes) -> Iterator[Refusal]:
        nb = reading.parsed(content)
        if not _is_notebook(nb):
            raise ValueError("nbformat")
        self.pieces += reading.of_notebook(NOTEBOOK, nb)
        yield from properties.of_notebook(NOTEBOOK, nb)
        for name, kind in CARRIED.items():
            copies = list(_carried(nb, kind))
            for text in copies or ([""] if name == RECORD else []):
                yield from self._copy(NOTEBOOK, name, text.encode())

    def _page(self, content: bytes) -> Iterator[Refusal]:
        text = content.decode("utf-8")
        self.pieces += reading.of_page(PAGE, text)
        yield from properties.of_page(PAGE, text, self.unit)

    def _pdf(self, content: bytes) -> Iterator[Refusal]:
        beside = pdf.read_pdf(content)
        self.pieces += [(f"{PDF} {where}", text) for where, text in pdf.texts(beside)]
        date = self.folder.record.get("date")
        yield from properties.of_pdf(PDF, beside, self.unit, dt.date.fromisoformat(date) if date else None)
        for name, data in beside.attached:
            if name in CARRIED:
                yield from self._copy(PDF, name, data)
            else:
                yield refusal("G704", f"{PDF} {name}", "foreign")

    def _office(self, name: str, content: bytes) -> Iterator[Refusal]:
        """report.docx and the workbooks: each text in them, properties, and the facts that ride along."""
        package = office.read_package(content)
        self.pieces += [(f"{name} {where}".rstrip(), text) for where, text in package.texts]
        date = self.folder.record.get("date")
        yield from properties.of_office(
            name, package, self.unit, dt.date.fromisoformat(date) if date else None
        )
        for file, data in package.carried:
            if file in CARRIED:
                yield from self._copy(name, file, data)
            else:
                yield refusal("G704", f"{name} {file}", "foreign")

    def _copy(self, carrier: str, name: str, data: bytes) -> Iterator[Refusal]:
        """G705: a document carries another evaluation or other facts than those beside it."""
        if not self.changed and data != self.contents.get(name):
            yield self._apart(carrier, name)

    def _rubric(self, content: bytes) -> Iterator[Refusal]:
        self.pieces += reading.of_lines(RUBRIC, content.decode("utf-8"))
        return iter(())

    @staticmethod
    def _apart(what: str, whole: str) -> Refusal:
        return refusal("G705", what, "apart", what=what, whole=whole)


def _is_notebook(nb: Any) -> bool:
    """Tell whether data have the shape of a notebook as far as it is looked into."""
    if not isinstance(nb, dict) or not isinstance(nb.get("cells"), list):
        return False
    parts = [nb, *nb["cells"]]
    for cell in nb["cells"]:
        outputs = cell.get("outputs", []) if isinstance(cell, dict) else None
        if not isinstance(outputs, list):
            return False
        parts += outputs
    return all(
        isinstance(part, dict)
        and isinstance(part.get("metadata", {}), dict)
        and isinstance(part.get("data", {}), dict)
        for part in parts
    )


def _carried(nb: dict[str, Any], kind: str) -> Iterator[str]:
    """Give each text of a kind that the outputs of a notebook carry."""
    for cell in nb["cells"]:
        for output in cell.get("outputs", ()):
            if (text := output.get("data", {}).get(kind)) is not None:
                yield "".join(text) if isinstance(text, list) else str(text)


def _distinct(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give each text once, with its first place; every field of the facts is given, for each is to be mended."""
    seen: set[str] = set()
    for place, text in pieces:
        if text not in seen or place.startswith(PARAMS):
            seen.add(text)
            yield place, text


__all__ = ["KNOWN", "NEEDED", "Refusal", "Verdict", "examine", "judge"]

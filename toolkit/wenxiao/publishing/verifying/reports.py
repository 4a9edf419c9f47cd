"""One report folder: its hashes, and what is found when it is made again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wenxiao.errors import reason
from wenxiao.publishing.published import DOWNLOADS
from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.environment import compared, other_software, template_hash
from wenxiao.publishing.verifying.facts import edited, recovered
from wenxiao.publishing.verifying.listing import (
    PARAMS,
    RECORD,
    Listing,
    hash_file,
    plain_file,
    read_file,
    read_listing,
)
from wenxiao.publishing.verifying.offices import UNDER_HEAD
from wenxiao.publishing.verifying.records import numbers_of
from wenxiao.publishing.verifying.remaking import Source, refusal
from wenxiao.publishing.verifying.result import NOWHERE, Difference, Kind, Part, listed
from wenxiao.rubric import rubric_hash, rubric_ids
from wenxiao.running.formats import RUBRIC, formats_of
from wenxiao.running.storage.base import PROVENANCE, digest
from wenxiao.running.templates import template_text
from wenxiao.words import Words

NOTEBOOK, PDF, WORD = "report.ipynb", "report.pdf", "report.docx"
_LAID_OUT: Final = ("report.html", PDF, WORD)
"""Files that follow from the notebook alone."""
_BY_TEMPLATE: Final = (NOTEBOOK, *_LAID_OUT)


@dataclass
class Found:
    """What was found of one report. ``numbers`` counts the values of its record that are the same when recomputed,
    ``files`` names those that are the same byte for byte.
    """

    differences: list[Difference] = field(default_factory=list)
    unchecked: list[Words] = field(default_factory=list)
    environment: tuple[Part, ...] = ()
    numbers: int = 0
    files: tuple[str, ...] = ()


class Report:
    """A report folder being verified. ``intact`` says that its files are those of its list, ``record_intact`` that its
    evaluation.json is.

    Raises:
        UnusableError: it is no report folder.
    """

    def __init__(self, folder: Path, hashes: Mapping[str, str] | None = None, run_template: bool = False):
        """``hashes`` is name → SHA-256 of the folder's files, where they are known already; ``run_template`` allows the
        code of another template than wenxiao's own to be run.
        """
        self._folder, self._run_template = folder, run_template
        self.listing: Listing = read_listing(folder)
        self.found = Found()
        self._hashes = hashes if hashes is not None else dict(self._hash_files())
        self._there = [name for name in sorted(self.listing.files) if name in self._hashes]
        self._changed = {name for name in self._there if self._hashes[name] != self.listing.files[name]}
        self._check_files()
        self.intact = not self._changed and not self.found.differences
        self.record_intact = RECORD in self._there and RECORD not in self._changed
        self._published: Mapping[str, bytes] = {}
        self._under_head = self.listing.inputs.get("letterhead") is not None
        self._recover_facts()
        self.found.environment = compared(self.listing.inputs, self.listing.python, self._rubric_hash())

    def _hash_files(self) -> Iterator[tuple[str, str]]:
        for path in sorted(self._folder.iterdir()):
            if not plain_file(path):
                if self.listing.name == PROVENANCE or path.name in self.listing.files:
                    self._tell("unsafe", path.name, _NO_FILE)
                continue
            try:
                yield path.name, hash_file(path)
            except OSError as error:
                said = Words(f"读不了（{reason(error).zh}）。", f"It can't be read ({reason(error).en}).")
                self._tell("unsafe", path.name, said)

    def _content(self, name: str) -> bytes:
        """Give a file as it was published: recovered, where it was changed and could be, else as it stands."""
        return self._published[name] if name in self._published else read_file(self._folder / name)

    def _tell(self, kind: Kind, name: str, said: Words, where: Words = NOWHERE) -> None:
        self.found.differences.append(Difference(kind, name, where, said=said))

    def _check_files(self) -> None:
        told = {one.file for one in self.found.differences}
        for name in self.listing.files:
            if name not in self._hashes and name not in told:
                self._tell(
                    "missing", name, Words("公布时有这个文件，现在没有。", "It was published, and is gone.")
                )
        ours = self._hashes if self.listing.name == PROVENANCE else DOWNLOADS
        for name in sorted(self._hashes):
            if name in ours and name not in (*self.listing.files, self.listing.name):
                self._tell(
                    "extra",
                    name,
                    Words("多出的文件，清单里没有。", "One file too many: the list has it not."),
                )
        if self.listing.inputs.get("params") not in (None, self.listing.files[PARAMS]):
            self._tell("changed", self.listing.name, Words(
                "清单自相矛盾：生成报告所用的项目数据（inputs.params）不是所列的 params.yaml。",
                "The list contradicts itself: the facts the report was made from (inputs.params) are not the params.yaml listed.",
            ), _at("inputs.params"))  # fmt: skip

    def _recover_facts(self) -> None:
        """Take the facts as published from the PDF, which has them attached, where their own file was changed."""
        facts = [name for name in (PARAMS, RUBRIC) if name in self.listing.files]
        lost = [name for name in facts if name in self._changed or name not in self._there]
        if not lost or PDF not in self._there:
            return
        self._published = recovered(read_file(self._folder / PDF), self.listing.files, lost)
        for name in self._published:
            if name in self._there:
                self.found.differences += edited(name, read_file(self._folder / name), self._published[name])
        self._changed -= self._published.keys()

    def _rubric_hash(self) -> str | None:
        """Give the hash here of the shipped rubric that scored the report; a bureau's own is checked as a file."""
        if RUBRIC in self.listing.files or RECORD not in self._there:
            return None
        try:
            name = json.loads(self._content(RECORD))["rubric"]
        except (KeyError, ValueError, TypeError, RecursionError):
            return None
        return rubric_hash(name) if name in rubric_ids() else None

    def _facts(self, name: str) -> bytes | None:
        return self._content(name) if name in self._published or name in self._there else None

    def source(self) -> Source[str] | None:
        """Give what the report is to be made from again, or None after noting why it can't be."""
        params, rubric = self._facts(PARAMS), self._facts(RUBRIC)
        if params is None:
            self._tell(
                "failed",
                PARAMS,
                Words("没有项目数据，不能重算。", "Without the facts nothing can be recomputed."),
            )
            return None
        if words := refusal(params, rubric):
            self._tell("unsafe", PARAMS, words)
            return None
        formats = formats_of(self.listing.files)
        run = self._run_template and self._by_another_template()
        return Source("", params, rubric, formats, self._template() if run else None)

    def _by_another_template(self) -> bool:
        return self.listing.inputs.get("template") not in (None, template_hash())

    def _template(self) -> str | None:
        """Give the template in the published notebook where it is the one recorded; it is not executed here."""
        if NOTEBOOK not in self._there:
            return None
        try:
            text = template_text(self._content(NOTEBOOK))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None
        return text if digest(text.encode()) == self.listing.inputs.get("template") else None

    def without_remaking(self) -> None:
        """Take what the hashes alone tell."""
        for name in sorted(self._changed):
            here, recorded = self._hashes[name], self.listing.files[name]
            self._tell("changed", name, Words(
                f"与公布时登记的指纹不符（SHA-256 登记 {recorded[:16]}…，现在 {here[:16]}…）。",
                f"It is not what was recorded (SHA-256 recorded {recorded[:16]}…, now {here[:16]}…).",
            ))  # fmt: skip

    def judge(self, made: Path | None, error: str) -> None:
        """Compare with the report made again in a folder; without one, with what its making said."""
        if made is None:
            self.without_remaking()
            self._tell("failed", PARAMS, Words(
                f"按公布的数据不能重新生成报告：{error}", f"The report can't be made again from what was published: {error}",
            ))  # fmt: skip
            return
        if self._under_head and WORD in self._there:
            self.found.unchecked.append(UNDER_HEAD)
        skip = set(self._published)  # what was changed in them is told already
        if self._by_another_template() and not (self._run_template and self._template()):
            self._judge_layout()
            skip |= set(_BY_TEMPLATE)
        if facts := self._changed & {PARAMS, RUBRIC}:
            skip |= self._judge_facts(facts, skip)
        self.found.files = tuple(name for name in self._there if name not in skip and self._same(name, made))

    def _same(self, name: str, made: Path) -> bool:
        """Compare one file; tell whether it is the same byte for byte."""
        if not (made / name).is_file():
            self._not_made(name)
            return False
        expected = (made / name).read_bytes()
        under_head = name == WORD and self._under_head
        found = compare_files(name, self._content(name), expected, self._cause(name), under_head)
        self.found.differences += found
        if under_head:
            if not found and name in self._changed:
                self._not_made(name)
            return False
        if not found and name in self._changed:
            self._tell("changed", self.listing.name, Words(
                "登记的指纹与文件不符，而文件与重算的相同：被改的是清单。",
                "The hash recorded is not the file's, yet the file is what is recomputed: the list was changed.",
            ), _at(f"files.{name}"))  # fmt: skip
        if not found and name == RECORD:
            self.found.numbers = numbers_of(json.loads(expected))
        return not found

    def _judge_facts(self, facts: set[str], skip: set[str]) -> set[str]:
        """With other facts than those published only the results can tell what was changed: give all other files, after
        saying so, and what their hashes tell.
        """
        rest = {name for name in self._there if name != RECORD} - skip
        for name in (*sorted(facts), *sorted((rest - facts) & self._changed)):
            self._not_made(name)
        shown, of = listed(sorted(rest - facts)), listed(sorted(facts))
        self.found.unchecked.append(Words(
            f"{of.zh} 被改过，手头没有公布时的原件，所以 {shown.zh} 不能重新生成来比较，只核对了指纹。",
            f"{of.en} was changed and what was published is not at hand, so {shown.en} can't be made again to compare; "
            "only hashes were checked.",
        ))  # fmt: skip
        return rest

    def _not_made(self, name: str) -> None:
        if name in self._changed:
            self._tell(
                "changed",
                name,
                Words("与公布时登记的指纹不符。", "It is not what was recorded at publication."),
            )
        else:
            self.found.unchecked.append(Words(
                f"{name}：这个版本的 wenxiao 不生成这种文件，只核对了指纹。",
                f"{name}: this version of wenxiao makes no such file; only its hash was checked.",
            ))  # fmt: skip

    def _judge_layout(self) -> None:
        """With another template: see that the notebook holds the record, and that the pages are the notebook's."""
        from wenxiao.publishing.verifying.layouts import OTHER_TEMPLATE, RUN_IT, compare_layouts

        self.found.unchecked.append(OTHER_TEMPLATE)
        if self._template() is not None:
            self.found.unchecked.append(RUN_IT)
        elif NOTEBOOK in self._there:
            self._tell("changed", NOTEBOOK, _NOT_RECORDED)
        files = {name: self._content(name) for name in (RECORD, *_BY_TEMPLATE) if name in self._there}
        causes = {name: self._cause(name) if name in self._changed else None for name in _LAID_OUT}
        self.found.differences += compare_layouts(files, causes, self._under_head)
        if NOTEBOOK in self._changed:
            self._not_made(NOTEBOOK)

    def _cause(self, name: str) -> Words:
        if name in self._changed:
            return Words(
                f"公布之后被改过：与 {self.listing.name} 登记的指纹不符。",
                f"changed after publication: not the hash that {self.listing.name} records.",
            )
        if facts := self._changed & {PARAMS, RUBRIC}:
            shown = listed(sorted(facts))
            return Words(
                f"{shown.zh} 公布之后被改过，这里是用改过的重算的：由此可见改了什么。",
                f"{shown.en} was changed after publication, and recomputed as changed: this shows what was changed.",
            )
        others = [part for part in self.found.environment if not part.same]
        if others:
            return other_software(others)
        return Words(
            "登记的软件与这里的完全相同，这个文件却不是由公布的数据生成的：文件和清单可能一起被改过。",
            "the software recorded is the same as here, yet this file does not follow from the facts published: file and "
            "list may have been changed together.",
        )


def _at(place: str) -> Words:
    return Words(place, place)


_NOT_RECORDED: Final = Words(
    "里面的程序不是登记的那份模板。", "Its code is not the template that was recorded."
)
_NO_FILE: Final = Words(
    "不是文件（文件夹或链接），没有打开。", "It is no file (a folder, or a link); it was not opened."
)

__all__ = ["Found", "Report"]

"""What the facts say about publishing: classification, review, approval, open errors, evidence, drafts."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wenxiao.findings import KINDS
from wenxiao.findings.texts import says_nothing
from wenxiao.model import Disclosure, Project
from wenxiao.publishing.folders import PARAMS, ReportFolder
from wenxiao.publishing.gate.reasons import Refusal, refusal
from wenxiao.words import Words, label

_DRAFT: Final = re.compile(
    r"[（(【\[](草稿|初稿|讨论稿|送审稿|征求意见稿|未定稿|内部稿|样稿|模板|测试)[】\]）)]$"
)
_DRAFT_STEM: Final = re.compile(
    r"(?:^|[-_. ])(draft|wip|草稿|初稿|讨论稿|送审稿|征求意见稿|未定稿)(?:[-_. 0-9]|$)", re.I
)
_ELSEWHERE: Final = {"D501", "D502"}
"""Findings that the gate looks at anew, in everything that would be published."""


def sanctioned(stated: Disclosure | None, year: int, on: dt.date | None) -> Iterator[Refusal]:
    """D502 and G707: classified public, reviewed, approved, by whom and when, on dates that can be."""
    stated = stated or Disclosure()
    at = f"{PARAMS} disclosure.classification"
    if stated.classification is None:
        yield refusal("D502", at, "unclassified")
    elif stated.classification != "public":
        yield refusal("D502", at, stated.classification)
    keys = ("reviewed_by", "reviewed_on", "approved_by", "approved_on")
    if missing := [key for key in keys if getattr(stated, key) is None]:
        names = "、".join(f"{label(key)}（{key}）" for key in missing)
        yield refusal("D502", f"{PARAMS} disclosure", "unsanctioned", names=names, keys=", ".join(missing))
    for key in ("reviewed_on", "approved_on"):
        given = getattr(stated, key)
        at = f"{PARAMS} disclosure.{key}"
        if given is not None and given.year < year:
            yield refusal("G707", at, "early", which=label(key), given=given, year=year)
        if given is not None and on is not None and given > on:
            yield refusal("G707", at, "future", which=label(key), given=given, day=on)
    reviewed, approved = stated.reviewed_on, stated.approved_on
    if reviewed and approved and approved < reviewed:
        yield refusal(
            "G707", f"{PARAMS} disclosure.approved_on", "order", approved=approved, reviewed=reviewed
        )


def tried_out(record: Mapping[str, Any]) -> Iterator[Refusal]:
    """G701: a what-if report."""
    if overrides := record["overrides"]:
        yield refusal("G701", "evaluation.json overrides", "overrides", fields="、".join(overrides))


def open_errors(record: Mapping[str, Any]) -> Iterator[Refusal]:
    """Give each finding that is certain and unanswered, under its own code; T403 too, which tells of a draft."""
    for one in record["findings"]:
        code = one["code"]
        if code in _ELSEWHERE or not (one.get("severity") == "error" or code == "T403"):
            continue
        reason, place = one.get("acknowledged"), f"{PARAMS} {one.get('where') or ''}".rstrip()
        if reason is None:
            yield _finding(one, place, "finding")
        elif says_nothing(str(reason)):
            yield refusal(code, place, "empty_reason", finding=code, said=reason)


def told(record: Mapping[str, Any]) -> Iterator[Refusal]:
    """Give what the report itself says and a publisher may want to know first: unsigned or undated (T404)."""
    for one in record["findings"]:
        if one["code"] == "T404" and one.get("acknowledged") is None:
            yield _finding(one, f"{PARAMS} signed", "note")


def _finding(one: Mapping[str, Any], place: str, reason: str) -> Refusal:
    kind = KINDS.get(one["code"])
    english = f"{kind.title.en}." if kind else "See the report."
    said = Words(str(one.get("message") or ""), english[:1].upper() + english[1:])
    remedy = Words(str(one.get("remedy") or ""), "Repair it.")
    return refusal(
        one["code"], place, reason, message=said.zh, message_en=said.en, remedy=remedy.zh, remedy_en=remedy.en
    )


def evidenced(project: Project) -> Iterator[Refusal]:
    """G708: evidence without a file, or without the hash that a run notes."""
    for i, indicator in enumerate(project.indicators):
        for j, one in enumerate(indicator.evidence):
            if one.file is None or one.sha256 is None:
                yield refusal("G708", f"{PARAMS} indicators[{i}].evidence[{j}]", "evidence", title=one.title)


def unfinished(folder: ReportFolder) -> Iterator[Refusal]:
    """G709: the project's or the file's name says that this is a draft."""
    if found := _DRAFT.search(str(folder.record["project"]["name"]).strip()):
        yield refusal("G709", f"{PARAMS} project.name", "draft", word=found[1])
    if found := _DRAFT_STEM.search(folder.stem):
        yield refusal("G709", folder.place, "draft", word=found[1])


def kept_inside(folder: ReportFolder) -> Iterator[Refusal]:
    """G710: contact, or the very words that redact hides."""
    for key in ("contact", "redact"):
        if key in folder.sheet.data:
            yield refusal("G710", f"{PARAMS} {key}", "private_part")

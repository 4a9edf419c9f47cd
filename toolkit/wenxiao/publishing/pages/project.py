"""The page of one project: how much, on what, did it work, who says so; then the report, its files and its history."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.findings import KINDS
from wenxiao.narrative import SEVERITY
from wenxiao.publishing.pages import lists
from wenxiao.publishing.pages.answers import purpose, said, spent, worked
from wenxiao.publishing.pages.changes import Change, changes
from wenxiao.publishing.pages.frame import HOME, Crumb, Frame, publisher, rendered
from wenxiao.publishing.pages.report import NOTEBOOK, Achievement, Body, achievement, body_of, read_report
from wenxiao.publishing.pages.shown import ABSENT, clipped, day, size
from wenxiao.publishing.published import DOWNLOADS, MANIFEST, Entry, Published, Site

LONGEST_TITLE: Final = 120
MOST_NAMES: Final = 20
EVENTS: Final = {
    "published": "首次公开", "corrected": "更正", "reissued": "重新生成，数字没有变", "withdrawn": "撤回",
}  # fmt: skip
TYPES: Final = {
    ".html": "网页", ".pdf": "PDF", ".docx": "Word", ".xlsx": "Excel 工作簿", ".json": "JSON", ".yaml": "YAML", ".ipynb": "Jupyter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: its code, title and words, and how the unit answers it."""

    code: str
    title: str
    known: bool
    severity: str
    kind: str
    message: str
    answer: str


@dataclass(frozen=True, slots=True)
class Download:
    """One file beside the page."""

    name: str
    words: str
    type: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the report's history, with what changed (None: nothing to compare with) and its earlier version."""

    entry: Entry
    words: str
    changes: tuple[Change, ...] | None
    earlier: str


def project_page(published: Published, site: Site) -> bytes:
    """Give the page of a report."""
    report = read_report(published.folder)
    body = body_of(report)
    name = clipped(published.record["project"]["name"], LONGEST_TITLE)
    year = published.year
    frame = Frame(
        f"{published.place}/index.html", name, site.settings,
        (Crumb("全部项目", HOME), Crumb(f"{year}年度", f"list/year/{year}/index.html")),
    )  # fmt: skip
    return rendered(
        "project.html.j2", frame, published=published, record=published.record, name=name, body=body,
        **model(published, site, achievement(report)), about=metadata(published, site), whole=_whole(published, body),
    )  # fmt: skip


def model(published: Published, site: Site, achieved: Achievement) -> dict[str, Any]:
    """Give what the page shows beside the report itself."""
    return {
        "spent": spent(published.record), "purpose": purpose(published), "worked": worked(published.record, achieved),
        "said": said(published), "findings": tuple(findings(published.record)), "downloads": tuple(downloads(published)),
        "events": tuple(events(published)), "characters": characters(published.record), "line": published.history[-1].n + 1, "tool": published.manifest["inputs"]["versions"]["wenxiao"],
    }  # fmt: skip


def _whole(published: Published, body: Body) -> str:
    """Give the name of the file that holds the whole report, where the page does not."""
    if body.html and body.complete:
        return ""
    return next(name for name in ("report.html", "report.pdf", NOTEBOOK) if name in published.files)


def characters(record: Mapping[str, Any]) -> str:
    """Give the names of a report character by character, as the search index needs them to find any part of a name.

    An index of words finds only what it and the reader's browser divide into the same words.
    """
    about = record["project"]
    names = [about["name"], about["unit"], about["department"], about["region"]]
    names += [row["name"] for row in record["indicators"][:MOST_NAMES]]
    return " 。 ".join(_spaced(clipped(name, lists.LONGEST_NAME)) for name in dict.fromkeys(names) if name)


def _spaced(name: str) -> str:
    """Divide a name into its Chinese characters and its runs of others.

    >>> _spaced("铜坡乡5G机房")
    '铜 坡 乡 5G 机 房'
    """
    return " ".join("".join(f" {c} " if c >= "\u2e80" else c for c in name).split())


def findings(record: Mapping[str, Any]) -> Iterator[Found]:
    """Give the findings in the order of the record: the gravest first."""
    for one in record["findings"]:
        code, answer = one["code"], one.get("acknowledged")
        yield Found(
            code=code, title=KINDS[code].title.zh if code in KINDS else code, known=code in KINDS,
            severity=SEVERITY.get(one["severity"], one["severity"]), kind="note" if answer else one["severity"],
            message=clipped(one["message"], 300), answer=clipped(answer, 300),
        )  # fmt: skip


def downloads(published: Published) -> Iterator[Download]:
    """Give the files beside the page, in the order in which readers want them, the manifest last."""
    for name in dict.fromkeys((*DOWNLOADS, MANIFEST)):
        if file := published.files.get(name):
            words = DOWNLOADS.get(name, "文件清单与指纹（JSON）").partition("（")[0]
            yield Download(name, words, TYPES.get(name[name.rindex(".") :], ""), size(file.size), file.sha256)


def metadata(published: Published, site: Site) -> tuple[tuple[str, str], ...]:
    """Give the catalogue entry of 政府信息公开: label and value."""
    record, settings, history = published.record, site.settings, published.history
    about = record["project"]
    corrected = any(entry.kind == "corrected" for entry in history)
    rows = [
        ("索引号", published.index),
        ("名称", f"{about['year']}年度{about['name']}绩效自评报告"),
        ("发布机构", publisher(settings, about["department"], about["unit"])),
        ("主题分类", settings.category),
        ("主管部门", about["department"] or ABSENT),
        ("实施单位", about["unit"]),
        ("地区", about["region"] or ABSENT),
        ("生成日期", day(published.project.signed.date)),
        ("发布日期", day(published.first)),
        *([("更新日期", day(published.last))] if published.last != published.first else []),
        ("公开方式", "主动公开"),
        ("有效性", "有效（更正后的版本）" if corrected else "有效"),
    ]
    return tuple((label, clipped(value, 200)) for label, value in rows)


def events(published: Published) -> Iterator[Event]:
    """Give the history, newest first, each change compared with the version before it."""
    versions = dict(_versions(published))
    for entry in reversed(published.history):
        folder, before = versions.get(entry.previous or "", ("", None))
        _, after = versions.get(entry.manifest or "", ("", None))
        both = before is not None and after is not None and entry.kind == "corrected"
        yield Event(entry, EVENTS[entry.kind], changes(before or {}, after or {}) if both else None, folder)


def _versions(published: Published) -> Iterator[tuple[str, tuple[str, Mapping[str, Any]]]]:
    """Give hash of the manifest → (its folder in the site, evaluation.json) of every version that is kept."""
    if len(published.history) == 1:
        return
    for folder in [published.folder, *sorted((published.folder / "history").glob("*/"))]:
        place = folder.relative_to(published.folder).as_posix()
        try:
            digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
            record = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):  # a version that was not kept is not compared
            continue
        yield digest, ("" if place == "." else f"{published.place}/{place}", record)

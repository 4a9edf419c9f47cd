"""Verify a publication from nothing but what was published: a report folder, a single PDF or Word report, or a whole site.

Hashes first, then the report is made again from its facts and compared: numbers exactly, files byte for byte, and every
difference told with its place and its likely cause. Nothing of what is verified is executed.

From the bottom: result (values) · texts (runs and where they differ) · webpages, documents, offices, notebooks, records (what a
reader finds in a file) · comparing (one file) · environment · remaking (the private re-run) · listing, facts, layouts,
reports, attached, worded (one report) · sums, logs, standing, tables, views, pages, sites (a whole site) · telling (words).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from wenxiao.errors import shown_path
from wenxiao.publishing.verifying.attached import Paper
from wenxiao.publishing.verifying.remaking import remake
from wenxiao.publishing.verifying.reports import Found, Report
from wenxiao.publishing.verifying.result import SCHEMA, Difference, Part, Result, UnusableError, listed
from wenxiao.publishing.verifying.telling import told, verdict
from wenxiao.publishing.verifying.worded import SUFFIX, WordReport
from wenxiao.running.surroundings import environment
from wenxiao.words import Words

__all__ = ["SCHEMA", "Difference", "Part", "Result", "UnusableError", "told", "verdict", "verify"]

SUMS: Final = "SHA256SUMS"
NOT_REMADE: Final = Words(
    "没有重新生成报告（--no-rerun），只核对了指纹。",
    "The reports were not made again (--no-rerun); only hashes were checked.",
)
_SAFE: Final = {"PYTHONSAFEPATH": "1"}
"""No worker or kernel imports a module that lies in the working folder: it may be the one being verified."""
_UNUSED: Final = Words(
    "签名和日志：属于整个网站；核对单份报告时，--key 和 --head 用不上。",
    "Signature and log belong to a whole site: --key and --head are of no use for a single report.",
)

_NO_TEMPLATE: Final = Words(
    "PDF 和 Word 不带模板，--run-template 用不上；请核对整个报告文件夹。",
    "PDF and Word report carry no template, so --run-template is of no use: verify the whole report folder.",
)


def verify(
    path: Path,
    *,
    key: str | None = None,
    heads: Sequence[tuple[int, str]] = (),
    rerun: bool = True,
    run_template: bool = False,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    language: str = "zh",
) -> Result:
    """Verify a report folder, a PDF, a Word report or a site.

    ``key`` is the publisher's public key, a file or its text; ``heads`` are (size, root) of logs kept from earlier.
    ``rerun=False`` leaves out making the reports again; ``run_template`` makes those of another template than wenxiao's own
    with the one they carry, whose code is then executed. ``progress`` hears how many of how many reports are done.

    Raises:
        UnusableError: it is none of these, or can't be verified; says why.
        KeyFileError: the key can't be used.
    """
    if not path.exists():
        raise UnusableError(Words("没有这个文件或文件夹。", "There is no such file or folder."))
    with environment(_SAFE):
        if path.is_file():
            one = _verify_word if path.suffix.lower() == SUFFIX else _verify_pdf
            return _alone(one(path, rerun, language, run_template), key, heads)
        if (path / SUMS).is_file() or (path / "log").is_dir():
            from wenxiao.publishing.verifying.sites import verify_site

            return verify_site(path, key, heads, rerun, workers, progress, language, run_template)
        return _alone(_verify_report(path, rerun, language, run_template), key, heads)


def _alone(result: Result, key: str | None, heads: Sequence[tuple[int, str]]) -> Result:
    """A single report has neither signature nor log: they are the site's."""
    unused = [_UNUSED] if key is not None or heads else []
    return replace(result, unchecked=(*unused, *result.unchecked))


def _verify_report(path: Path, rerun: bool, language: str, run_template: bool) -> Result:
    report = Report(path, run_template=run_template)
    source = report.source() if rerun else None
    if source is None:
        report.without_remaking()
    else:
        remake([source], 1, lambda _, made, error: report.judge(made, error), language)
    return _result("report", path, report.found, rerun)


def _verify_pdf(path: Path, rerun: bool, language: str, run_template: bool) -> Result:
    paper = Paper(path)
    if run_template:
        paper.found.unchecked.append(_NO_TEMPLATE)
    if rerun:
        remake([paper.source()], 1, lambda _, made, error: paper.judge(made, error), language)
    return _result("pdf", path, paper.found, rerun)


def _verify_word(path: Path, rerun: bool, language: str, run_template: bool) -> Result:
    document = WordReport(path)
    if run_template:
        document.found.unchecked.append(_NO_TEMPLATE)
    if rerun:
        remake([document.source()], 1, lambda _, made, error: document.judge(made, error), language)
    return _result("docx", path, document.found, rerun)


def _result(subject: Literal["report", "pdf", "docx"], path: Path, found: Found, rerun: bool) -> Result:
    same = []
    if found.numbers:
        n = found.numbers
        same.append(
            Words(
                f"评价结果重新计算，{n} 个数值逐一相同。",
                f"The results were recomputed; all {n} values are the same.",
            )
        )
    if found.files:
        names = listed(found.files, len(found.files))
        same.append(
            Words(f"重新生成后逐字节相同：{names.zh}。", f"Made again, the same byte for byte: {names.en}.")
        )
    unchecked = [*([] if rerun else [NOT_REMADE]), *found.unchecked]
    return Result(
        subject, shown_path(path), tuple(found.differences), tuple(same), tuple(unchecked), found.environment
    )

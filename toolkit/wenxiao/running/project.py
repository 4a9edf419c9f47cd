"""One project: facts file → report folder, placed whole or not at all."""

import datetime as dt
import hashlib
import json
import platform
import time
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any, Final, Literal

from wenxiao import fonts
from wenxiao.checking import check_file
from wenxiao.errors import WenxiaoError, reason
from wenxiao.evaluation import Evaluation
from wenxiao.rubric import is_file, rubric_text
from wenxiao.running.formats import DEFAULT, RUBRIC, libraries, written
from wenxiao.running.memory import give_back
from wenxiao.running.notebook import PARAMS, ExecutionError, execute
from wenxiao.running.places import PACKAGE
from wenxiao.running.storage import store_for
from wenxiao.running.templates import template_hash
from wenxiao.visible import visible
from wenxiao.words import Words

LIBRARIES: Final = (
    "wenxiao",
    "papermill",
    "nbconvert",
    "nbclient",
    "ipykernel",
    "pandas",
    "matplotlib",
    "typst",
    "mistune",
)


@dataclass(frozen=True)
class Job:
    """What one project's run needs; plain values, so that it crosses into another process.

    ``out`` is a folder or an fsspec address; the report stands in it at ``<year>/<stem>``. ``timeout`` is the deadline
    of the project in seconds. ``letterhead`` is the file of an office's own head for the Word report.
    """

    params: str
    out: str
    template: str
    formats: tuple[str, ...] = DEFAULT
    rubric: str | None = None
    timeout: float = 300
    force: bool = False
    language: str = "zh"
    letterhead: str | None = None


@dataclass(frozen=True)
class Outcome:
    """One line of run.jsonl."""

    stem: str
    status: Literal["done", "current", "failed"]
    seconds: float
    error: str | None = None
    folder: str | None = None

    def line(self) -> str:
        """Give the line."""
        return json.dumps(asdict(self), ensure_ascii=False)


_NOT_WRITTEN: Final = Words("写不了报告{place}：{why}。", "The report can't be written{place}: {why}.")


def run_project(job: Job) -> Outcome:
    """Make the report folder of one project; an error becomes the outcome, never an exception."""
    began = time.monotonic()
    stem = Path(job.params).stem
    try:
        status, relative = _make(job)
        return Outcome(stem, status, round(time.monotonic() - began, 2), None, f"{job.out}/{relative}")
    except WenxiaoError as error:
        said = error.text(job.language)
    except OSError as error:
        place = f" {visible(str(error.filename))}" if error.filename else ""
        said = _NOT_WRITTEN.filled(place=place, why=reason(error)).in_(job.language)
    except Exception as error:  # a fault of ours: named, and the other projects go on
        said = f"{type(error).__name__}: {error}"
    return Outcome(stem, "failed", round(time.monotonic() - began, 2), said, None)


def _make(job: Job) -> tuple[Literal["done", "current"], str]:
    from wenxiao.writing import facts_text

    if (name := Path(job.params).name).startswith(
        "."
    ):  # ``..yaml`` would put its report in place of a whole year
        raise ExecutionError(
            Words(
                f"文件名不能以点开头：{name}。请改名，如 video-conference.yaml。",
                f"A file's name can't begin with a dot: {name}. Rename it, such as video-conference.yaml.",
            )
        )
    evaluation = check_file(Path(job.params), job.rubric)
    own = evaluation.project.rubric if is_file(evaluation.project.rubric) else None
    project = evaluation.project.model_copy(update={"rubric": RUBRIC}) if own else evaluation.project
    text = facts_text(project)
    template, store = Path(job.template), store_for(job.out)
    relative = f"{project.year}/{Path(job.params).stem}"
    key = _key(text, template, evaluation.project.rubric, job)
    if not job.force and store.current(relative, key):
        return "current", relative
    with store.stage(relative) as stage:
        (stage / PARAMS).write_text(text, encoding="utf-8", newline="\n")
        if own:  # the report carries the rules it was scored by
            (stage / RUBRIC).write_text(rubric_text(own), encoding="utf-8", newline="")
        began = dt.datetime.now(dt.UTC)
        nb = execute(template, stage, job.timeout)
        _write(stage, nb, evaluation, job)
        _provenance(stage, key, began)
        store.place(stage, relative)
    give_back()
    return "done", relative


def _write(stage: Path, nb: Any, evaluation: Evaluation, job: Job) -> None:
    """Write the formats, after making sure that the notebook is a report, and says what the scorer says."""
    import nbformat

    from wenxiao.rendering.tree import read_notebook
    from wenxiao.running.postconditions import report_faults

    record = evaluation.as_json()
    if faults := list(report_faults(nb, read_notebook(nb), evaluation, record)):
        raise ExecutionError.of(faults)
    (stage / "report.ipynb").write_text(nbformat.writes(nb) + "\n", encoding="utf-8", newline="\n")
    (stage / "evaluation.json").write_text(record, encoding="utf-8", newline="\n")
    for name in job.formats:
        for file, data in written(name, nb, evaluation, job.letterhead):
            (stage / file).write_bytes(data)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def code_hash() -> str:
    """Give one SHA-256 over the package's own source files, so that a change of code makes reports anew."""
    digest = hashlib.sha256()
    for path in sorted(
        p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".yaml", ".typ", ".j2", ".css", ".json", ".js")
    ):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _key(text: str, template: Path, rubric: str, job: Job) -> dict[str, Any]:
    """Give everything the report's bytes depend on."""
    from wenxiao.rubric import rubric_hash

    letterhead = job.letterhead if "docx" in job.formats else None
    key = {
        "params": hashlib.sha256(text.encode()).hexdigest(),
        "template": template_hash(template),
        "rubric": rubric_hash(rubric),
        "code": code_hash(),
        "fonts": fonts.bundle_hash(),
        "formats": sorted(job.formats),
        "versions": _versions((*LIBRARIES, *libraries(job.formats, letterhead))),
        "environment": environment_hash(),
    }
    return key | ({"letterhead": _digest(Path(letterhead))} if letterhead else {})


@cache
def _versions(names: tuple[str, ...]) -> dict[str, str]:
    return {name: version(name) for name in names}


@cache
def environment_hash() -> str:
    """Give one SHA-256 over the names and versions of everything installed: what the lock pins, and what is beside it."""
    found = {f"{one.name.lower()}=={one.version}" for one in distributions()}
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def _provenance(stage: Path, key: dict[str, Any], began: dt.datetime) -> None:
    files = {p.name: _digest(p) for p in sorted(stage.iterdir())}
    about = {
        "schema": "wenxiao/provenance/1",
        "inputs": key,
        "files": files,
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "started": began.isoformat(timespec="seconds"),
        "seconds": round((dt.datetime.now(dt.UTC) - began).total_seconds(), 2),
    }
    text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    (stage / "provenance.json").write_text(text, encoding="utf-8", newline="\n")

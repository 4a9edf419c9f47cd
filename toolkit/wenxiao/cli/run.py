"""``wenxiao run``: the reports of a batch."""

import errno
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from wenxiao.cli.app import (
    INTERRUPTED,
    Json,
    Paths,
    Rubric,
    app,
    complain,
    files_of,
    language,
    no_access,
    refuse,
    say,
    tell,
)
from wenxiao.errors import WenxiaoError, shown_path
from wenxiao.visible import quoted, steady_json, unwritable
from wenxiao.words import Words

if TYPE_CHECKING:
    from wenxiao.running.project import Job, Outcome


@app.command()
def run(
    paths: Paths,
    out: Annotated[str, typer.Option("-o", "--out", help="报告放在哪里 / where the reports go")] = "reports",
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="同时几个 / how many at once")
    ] = os.cpu_count() or 1,
    to: Annotated[
        str, typer.Option(help="html,pdf,docx,xlsx：网页、PDF、Word、表格 / page, PDF, Word, workbooks")
    ] = "html,pdf",
    rubric: Rubric = None,
    notebook: Annotated[
        Path | None,
        typer.Option(
            help="自己的模板 .ipynb 或 .py（默认 notebooks/self_evaluation.ipynb） / a template of your own",
            show_default=False,
        ),
    ] = None,
    word_template: Annotated[
        Path | None,
        typer.Option(
            help="Word 报告用的红头模板 .docx / an office's own head for the Word report",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=1, help="每个项目的秒数上限 / seconds a project may take")
    ] = 300,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Dask 集群的地址 tcp://… / address of a Dask scheduler", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option(help="全部重做 / make anew what is up to date")] = False,
    json_: Json = False,
) -> None:
    """生成报告：每个项目一个干净的内核 / make the reports, each project in a clean kernel of its own."""
    formats = _formats(to)
    if scheduler is not None and not re.match(r"[a-z]+://\S", scheduler):
        refuse(Words(
            f"--scheduler 写集群的地址，例如 tcp://10.0.0.1:8786，现在是“{quoted(scheduler)}”。",
            f"--scheduler takes the address of a cluster, such as tcp://10.0.0.1:8786, not “{quoted(scheduler)}”.",
        ))  # fmt: skip
    try:
        letterhead = _letterhead(word_template, formats)
        with _template(notebook) as template:
            todo = _jobs(paths, out, template, formats, rubric, timeout, force, letterhead)
            outcomes = _run(todo, out, jobs, json_, scheduler)
    except KeyboardInterrupt:
        complain(
            Words(
                "已停止。做完的报告都在；再运行一次只做其余的。",
                "Stopped. Finished reports are in place; run again for the rest.",
            )
        )
        raise typer.Exit(INTERRUPTED) from None
    except WenxiaoError as error:
        complain(error)
        raise typer.Exit(2) from None
    except OSError as error:
        refuse(no_access(error, out))
    count = Counter(outcome.status for outcome in outcomes)
    if not json_:
        tell(Words(
            f"完成 {count['done']}，已是最新 {count['current']}，失败 {count['failed']}。",
            f"{count['done']} made, {count['current']} up to date, {count['failed']} failed.",
        ))  # fmt: skip
    raise typer.Exit(1 if count["failed"] else 0)


def _formats(to: str) -> tuple[str, ...]:
    from wenxiao.running.formats import FORMATS

    formats = tuple(dict.fromkeys(name.strip().lower() for name in to.split(",") if name.strip()))
    if not formats or set(formats) - set(FORMATS):
        refuse(Words(
            f"--to 只能写 {'、'.join(FORMATS)}，几种用逗号隔开，现在是“{quoted(to)}”。",
            f"--to takes {', '.join(FORMATS)}, several with commas between them, not “{quoted(to)}”.",
        ))  # fmt: skip
    return formats


def _letterhead(path: Path | None, formats: tuple[str, ...]) -> str | None:
    """Give an office's own head for Word, looked at once, before the first report.

    Raises:
        LetterheadError: with all its faults.
    """
    if path is None:
        return None
    if "docx" not in formats:
        refuse(
            Words(
                "--word-template 是 Word 报告的模板：请加上 --to html,pdf,docx。",
                "--word-template is for the Word report: add --to html,pdf,docx.",
            )
        )
    from wenxiao.rendering.word.letterhead import check

    check(_no_pipe(path))
    return str(path.resolve())


def _no_pipe(path: Path) -> Path:
    """Give a path that is to be read, unless it is a pipe, which would be waited for without end."""
    if path.is_fifo():
        raise OSError(errno.ENXIO, "", str(path))
    return path


@contextmanager
def _template(notebook: Path | None) -> Iterator[Path]:
    """Give a template that may run; for a script a notebook made of it. Ours, unchanged, is not looked into.

    Raises:
        TemplateError: with all its faults.
    """
    from wenxiao.running.places import own_template, template_path

    path = _no_pipe(notebook or template_path())
    if path.is_file() and path.read_bytes() == own_template().read_bytes():
        yield path.resolve()
        return
    from wenxiao.running.accepting import SCRIPT, read_template

    text = read_template(path)
    if path.suffix != SCRIPT:
        yield path.resolve()
        return
    with tempfile.TemporaryDirectory(prefix=f"wenxiao-{os.getpid()}-") as folder:
        made = Path(folder) / f"{path.stem}.ipynb"
        made.write_text(text, encoding="utf-8", newline="\n")
        yield made


def _jobs(
    paths: list[str],
    out: str,
    template: Path,
    formats: tuple[str, ...],
    rubric: str | None,
    timeout: float,
    force: bool,
    letterhead: str | None,
) -> "list[Job]":
    """Give one job a params file; refuse two that would make the same report folder."""
    from wenxiao.running.project import Job

    listed = [(path, _place(path)) for path in files_of(paths)]
    times = Counter(place for _, place in listed)
    if twice := [place for place, n in times.items() if n > 1]:
        names = "；".join(" = ".join(shown_path(p) for p, f in listed if f == place) for place in twice)
        refuse(
            Words(
                f"这些项目文件会写到同一个报告文件夹，请改名：{names}",
                f"These files would make the same report folder; rename one: {names}",
            )
        )
    home = out if "://" in out else str(Path(out).resolve())
    return [
        Job(
            os.path.realpath(path),
            home,
            str(template),
            formats,
            rubric,
            timeout,
            force,
            language(),
            letterhead,
        )
        for path, _ in listed
    ]


def _run(todo: "list[Job]", out: str, workers: int, json_: bool, scheduler: str | None) -> "list[Outcome]":
    """Run the jobs while nobody else writes to the same place; then the log and the portfolio."""
    from wenxiao.running.batch import LOG, run_jobs
    from wenxiao.running.storage import store_for

    store = store_for(out)
    outcomes: list[Outcome] = []
    with store.lock(), _progress(len(todo), json_) as step:
        store.sweep()

        def heard(outcome: "Outcome") -> None:
            outcomes.append(outcome)
            _tell(outcome, json_)
            step()

        unfit = {job.params: outcome for job in todo if (outcome := _unfit(job))}
        for outcome in unfit.values():
            heard(outcome)
        try:
            run_jobs([job for job in todo if job.params not in unfit], workers, heard, scheduler)
        finally:
            store.sweep(alone=True)  # what Ctrl-C cut short
        outcomes.sort(key=lambda outcome: outcome.stem)
        store.write_text(LOG, "".join(outcome.line() + "\n" for outcome in outcomes))
        if "://" not in out:
            _portfolio(Path(out))
    return outcomes


def _unfit(job: "Job") -> "Outcome | None":
    """Give the outcome of a file whose name can't be a report's address: line breaks, or bytes that are no UTF-8."""
    from wenxiao.running.project import Outcome

    stem = Path(job.params).stem
    if not unwritable(stem) and stem == "".join(stem.splitlines()):
        return None
    said = Words(
        f"{quoted(job.params)}：文件名里有换行、控制字符，或者不是 UTF-8。请改名，例如 video-conference.yaml。",
        f"{quoted(job.params)}: its name holds a line break, a control character, or is no UTF-8. Rename it, such as "
        "video-conference.yaml.",
    )
    return Outcome(quoted(stem), "failed", 0, say(said))


def _portfolio(out: Path) -> None:
    from wenxiao.portfolio import write_portfolio

    unreadable = write_portfolio(out).get("unreadable", 0)
    if unreadable:
        complain(Words(
            f"汇总表没有收入 {unreadable} 份读不出的 evaluation.json。",
            f"The portfolio leaves out {unreadable} evaluation.json that can't be read.",
        ))  # fmt: skip


def _tell(outcome: "Outcome", json_: bool) -> None:
    if json_:
        tell(steady_json(outcome.line()))
    elif outcome.status == "failed":
        complain(f"{say(Words('失败', 'failed'))}  {outcome.stem}\n{outcome.error}")
    elif not sys.stdout.isatty():
        state = Words("完成", "done") if outcome.status == "done" else Words("已是最新", "up to date")
        place = (
            shown_path(Path(outcome.folder))
            if outcome.folder and "://" not in outcome.folder
            else outcome.folder
        )
        tell(f"{say(state)}  {outcome.stem}  {place}  {outcome.seconds} s")


class _Rate(ProgressColumn):
    """Projects a second since the start."""

    def render(self, task: Task) -> Text:
        """Give the column's text."""
        seconds = task.elapsed or 0
        return Text(f"{task.completed / seconds:.1f}/s" if seconds else "", style="progress.data.speed")


@contextmanager
def _progress(total: int, json_: bool) -> Iterator[Callable[[], None]]:
    """Show a bar with rate and remaining time on a terminal; give what moves it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    hidden = json_ or not sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=hidden) as progress:
        task = progress.add_task(say(Words("生成报告", "reports")), total=total)
        yield lambda: progress.advance(task)


def _place(path: Path) -> tuple[str, str]:
    """Give where a report will stand, year and stem; the year as a glance at the file shows it."""
    try:
        if not path.is_file():  # a pipe would be waited for without end
            return "", path.stem
        found = re.search(r"\byear:\s*[\"']?(\d{4})", path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        found = None
    return found[1] if found else "", path.stem

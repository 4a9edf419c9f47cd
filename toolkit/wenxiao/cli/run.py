"""``wenxiao run``: the reports of a batch."""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wenxiao.cli.app import Json, Paths, Rubric, app, complain, files_of, language, say
from wenxiao.errors import InputError, shown_path
from wenxiao.words import Words


@app.command()
def run(
    paths: Paths,
    out: Annotated[Path, typer.Option("-o", "--out", help="报告放在哪里 / where the reports go")] = Path(
        "reports"
    ),
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="同时几个 / how many at once")
    ] = os.cpu_count() or 1,
    to: Annotated[str, typer.Option(help="html,pdf")] = "html,pdf",
    rubric: Rubric = None,
    timeout: Annotated[
        float, typer.Option(min=1, help="每个项目的秒数上限 / seconds a project may take")
    ] = 300,
    force: Annotated[bool, typer.Option(help="全部重做 / make anew what is up to date")] = False,
    json_: Json = False,
) -> None:
    """生成报告：每个项目一个干净的内核 / make the reports, each project in a clean kernel of its own."""
    from wenxiao.running.batch import run_jobs, write_log
    from wenxiao.running.places import template_path
    from wenxiao.running.project import FORMATS, Job, Outcome

    formats = tuple(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    if not formats or set(formats) - set(FORMATS):
        complain(Words(f"--to 只能写 {'、'.join(FORMATS)}。", f"--to takes {', '.join(FORMATS)}."))
        raise typer.Exit(2)
    template = template_path()
    listed = [(path, _folder(path, out)) for path in files_of(paths)]
    twice = [folder for folder, n in Counter(folder for _, folder in listed).items() if n > 1]
    if twice:
        names = "；".join(" = ".join(shown_path(p) for p, f in listed if f == folder) for folder in twice)
        complain(
            Words(
                f"这些项目文件会写到同一个报告文件夹，请改名：{names}",
                f"These files would make the same report folder; rename one: {names}",
            )
        )
        raise typer.Exit(2)
    todo = [
        Job(
            str(path.resolve()),
            str(folder.resolve()),
            str(template),
            formats,
            rubric,
            timeout,
            force,
            language(),
        )
        for path, folder in listed
    ]

    def tell(outcome: Outcome) -> None:
        if json_:
            typer.echo(outcome.line())
        elif outcome.status == "failed":
            complain(f"{say(Words('失败', 'failed'))}  {outcome.stem}\n{outcome.error}")
        elif not sys.stdout.isatty():
            state = Words("完成", "done") if outcome.status == "done" else Words("已是最新", "up to date")
            typer.echo(
                f"{say(state)}  {outcome.stem}  {shown_path(Path(outcome.folder or ''))}  {outcome.seconds} s"
            )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), disable=json_ or not sys.stdout.isatty()
    ) as progress:
        task = progress.add_task(say(Words("生成报告", "reports")), total=len(todo))

        def heard(outcome: Outcome) -> None:
            tell(outcome)
            progress.advance(task)

        outcomes = run_jobs(todo, jobs, heard)
    try:
        write_log(out, outcomes)
    except OSError as error:
        complain(
            Words(
                f"写不了 {out}/run.jsonl：{error.strerror}", f"Can't write {out}/run.jsonl: {error.strerror}"
            )
        )
        raise typer.Exit(2) from None
    count = Counter(outcome.status for outcome in outcomes)
    if not json_:
        typer.echo(say(Words(
            f"完成 {count['done']}，已是最新 {count['current']}，失败 {count['failed']}。",
            f"{count['done']} made, {count['current']} up to date, {count['failed']} failed.",
        )))  # fmt: skip
    raise typer.Exit(1 if count["failed"] else 0)


def _folder(path: Path, out: Path) -> Path:
    """Give ``out/<year>/<stem>``; a file whose year can't be read goes under its folder's name and fails later."""
    from wenxiao.loading import Sheet, read_text

    try:
        data = Sheet(path.name, read_text(path)).data
        year = str(data["project"]["year"]).strip()
    except (InputError, KeyError, TypeError):
        year = ""
    return out / (year if year.isdigit() else "unknown") / path.stem

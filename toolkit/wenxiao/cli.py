"""The command ``wenxiao``: thin; messages follow the locale, reports are Chinese."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.words import Words, locale_language

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="问效 Wenxiao：项目支出绩效自评的核对与报告",
    rich_markup_mode=None,
)
Paths = Annotated[
    list[str],
    typer.Argument(help="params 文件、文件夹或通配符 / files, folders or globs", show_default=False),
]
Rubric = Annotated[str | None, typer.Option(help="改用的评分规则 / rubric to use instead")]
Json = Annotated[bool, typer.Option("--json", help="机器可读 / machine-readable")]


class Language(StrEnum):
    """Language of messages."""

    zh = "zh"
    en = "en"


_state = {"language": "en"}


@app.callback()
def _main(
    lang: Annotated[
        Language | None, typer.Option(help="zh 或 en；默认随系统语言 / language of messages")
    ] = None,
) -> None:
    _state["language"] = lang.value if lang else locale_language(os.environ)


def _say(words: Words) -> str:
    return words.in_(_state["language"])


def _error(words: Words | str) -> None:
    typer.echo(words if isinstance(words, str) else _say(words), err=True)


def _files(paths: list[str]) -> list[Path]:
    from wenxiao.running.places import params_files

    files, nothing = params_files(paths)
    for given in nothing:
        _error(Words(f"{given}：里面没有 .yaml 文件。", f"{given}: no .yaml file in it."))
    if not files:
        raise typer.Exit(2)
    return files


def _problem(problem: Problem) -> dict[str, Any]:
    language = _state["language"]
    return {
        "file": problem.file, "line": problem.line, "column": problem.column, "where": problem.where,
        "wrong": problem.wrong.in_(language), "instead": problem.instead.in_(language),
    }  # fmt: skip


@app.command()
def check(paths: Paths, json_: Json = False, rubric: Rubric = None) -> None:
    """核对：载入、计分、检查，不启动内核 / load, score and audit, without a kernel."""
    from wenxiao.checking import check_file
    from wenxiao.loading import Sheet, read_text, read_where

    counts: Counter[str] = Counter()
    report: list[dict[str, Any]] = []
    files = _files(paths)
    for path in files:
        try:
            evaluation = check_file(path, rubric)
        except InputError as error:
            counts["problem"] += len(error.problems)
            report.append(
                {"file": shown_path(path), "problems": [_problem(p) for p in error.problems], "findings": []}
            )
            if not json_:
                typer.echo(error.text(_state["language"]))
            continue
        report.append({"file": shown_path(path), "problems": [], **evaluation.as_dict()})
        if json_:
            counts.update(f.severity for f in evaluation.findings if f.acknowledged is None)
            continue
        sheet = Sheet(shown_path(path), read_text(path))
        for finding in evaluation.findings:
            if finding.acknowledged is None:
                counts[finding.severity] += 1
            line, column = sheet.place(read_where(finding.where) or ())
            chinese = _state["language"] == "zh"
            message, remedy = (finding.message, finding.remedy) if chinese else finding.english
            said = (
                _say(Words("已说明", "acknowledged")) if finding.acknowledged else _severity(finding.severity)
            )
            typer.echo(
                f"{sheet.file}:{line}:{column}  {finding.code} {said}  {finding.where}\n  {message}\n  {remedy}"
            )
    if json_:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        names = [(k, _severity(k)) for k in ("problem", "error", "warning", "note")]
        found = (
            Words("、", ", ")
            .in_(_state["language"])
            .join(f"{name} {counts[k]}" for k, name in names if counts[k])
        )
        found = found or _say(Words("没有发现问题", "nothing found"))
        typer.echo(_say(Words(f"核对了 {len(files)} 个项目：{found}。", f"{len(files)} checked: {found}.")))
    raise typer.Exit(2 if counts["problem"] else 1 if counts["error"] else 0)


def _severity(severity: str) -> str:
    names = {
        "problem": Words("需修改", "to be corrected"), "error": Words("错误", "error"),
        "warning": Words("警告", "warning"), "note": Words("提示", "note"),
    }  # fmt: skip
    return _say(names[severity])


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
    timeout: Annotated[float, typer.Option(min=1, help="每格的秒数上限 / seconds a cell may take")] = 300,
    force: Annotated[bool, typer.Option(help="全部重做 / make anew what is up to date")] = False,
    json_: Json = False,
) -> None:
    """生成报告：每个项目一个干净的内核 / make the reports, each project in a clean kernel of its own."""
    from wenxiao.running.batch import run_jobs, write_log
    from wenxiao.running.places import template_path
    from wenxiao.running.project import FORMATS, Job, Outcome

    formats = tuple(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    if not formats or set(formats) - set(FORMATS):
        _error(Words(f"--to 只能写 {'、'.join(FORMATS)}。", f"--to takes {', '.join(FORMATS)}."))
        raise typer.Exit(2)
    template = template_path()
    listed = [(path, _folder(path, out)) for path in _files(paths)]
    twice = [folder for folder, n in Counter(folder for _, folder in listed).items() if n > 1]
    if twice:
        names = "；".join(" = ".join(shown_path(p) for p, f in listed if f == folder) for folder in twice)
        _error(
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
            _state["language"],
        )
        for path, folder in listed
    ]

    def tell(outcome: Outcome) -> None:
        if json_:
            typer.echo(outcome.line())
        elif outcome.status == "failed":
            _error(f"{_say(Words('失败', 'failed'))}  {outcome.stem}\n{outcome.error}")
        elif not sys.stdout.isatty():
            state = Words("完成", "done") if outcome.status == "done" else Words("已是最新", "up to date")
            typer.echo(
                f"{_say(state)}  {outcome.stem}  {shown_path(Path(outcome.folder or ''))}  {outcome.seconds} s"
            )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), disable=json_ or not sys.stdout.isatty()
    ) as progress:
        task = progress.add_task(_say(Words("生成报告", "reports")), total=len(todo))

        def heard(outcome: Outcome) -> None:
            tell(outcome)
            progress.advance(task)

        outcomes = run_jobs(todo, jobs, heard)
    try:
        write_log(out, outcomes)
    except OSError as error:
        _error(
            Words(
                f"写不了 {out}/run.jsonl：{error.strerror}", f"Can't write {out}/run.jsonl: {error.strerror}"
            )
        )
        raise typer.Exit(2) from None
    count = Counter(outcome.status for outcome in outcomes)
    if not json_:
        typer.echo(_say(Words(
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


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="新工作文件夹 / the new workspace", show_default=False)],
) -> None:
    """新建工作文件夹：带说明的样例、模板和字段说明 / a workspace with a commented example, template and schema."""
    from wenxiao.running.places import STARTER, TEMPLATE, starter_file

    copies = {
        folder / "params" / "example.yaml": STARTER / "example.yaml",
        folder / "params" / "schema.json": starter_file("schema.json", "params"),
        folder / "notebooks" / TEMPLATE: starter_file(TEMPLATE, "notebooks"),
    }
    there = [target for target in copies if target.exists()]
    if there:
        _error(
            Words(
                f"已经有 {there[0]}，没有改动任何文件。", f"{there[0]} is there already; nothing was changed."
            )
        )
        raise typer.Exit(2)
    try:
        for target, source in copies.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        (folder / "reports").mkdir(exist_ok=True)
    except OSError as error:
        _error(
            Words(
                f"写不了 {error.filename}：{error.strerror}",
                f"Can't write {error.filename}: {error.strerror}",
            )
        )
        raise typer.Exit(2) from None
    typer.echo(_say(Words(
        f"已建好 {folder}。改好 params/example.yaml 后，在其中运行：wenxiao check params，再运行：wenxiao run params",
        f"{folder} is ready. Edit params/example.yaml there, then: wenxiao check params, and: wenxiao run params",
    )))  # fmt: skip


@app.command()
def lab(folder: Annotated[Path, typer.Argument(help="工作文件夹 / workspace")] = Path()) -> None:
    """在 JupyterLab 中打开工作文件夹 / open the workspace in JupyterLab."""
    raise typer.Exit(
        subprocess.call([sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"])
    )


@app.command()
def rubrics() -> None:
    """列出评分规则 / list the scoring rules."""
    from wenxiao.rubric import load_rubric, rubric_ids

    for name in rubric_ids():
        typer.echo(f"{name}  {load_rubric(name).name}")


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()

"""``wenxiao import``: filled forms and published documents → params files."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wenxiao.cli.app import INTERRUPTED, Json, Rubric, app, complain, no_access, refuse, say, tell
from wenxiao.errors import WenxiaoError, shown_path
from wenxiao.visible import quoted, steady_json
from wenxiao.words import Words

if TYPE_CHECKING:
    from wenxiao.importing.batch import Found, Outcome

_MOST: Final = 20
_LONGEST: Final = 1_000
_STATUS: Final = {
    "read": Words("读全", "read"), "partly": Words("部分读到", "partly"), "not": Words("没有读", "not read"),
    "current": Words("未变", "unchanged"), "kept": Words("保留", "kept"),
}  # fmt: skip


@app.command("import")
def import_(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="文件、文件夹或通配符 / files, folders or globs", metavar="FILE...", show_default=False
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="params 文件放在哪里 / where the params files go")
    ] = Path("params"),
    rubric: Rubric = None,
    year: Annotated[
        int | None,
        typer.Option(
            min=1990,
            max=2099,
            help="评价年度，代替原件所写 / year evaluated, for what the document says",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option(help="重读，并覆盖人改过的 params 文件 / read anew, replace edited params files")
    ] = False,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="同时几个 / how many at once")
    ] = os.cpu_count() or 1,
    timeout: Annotated[float, typer.Option(min=1, help="每份文件的秒数上限 / seconds a file may take")] = 120,
    json_: Json = False,
) -> None:
    """导入填好的表和已公开的文件，得到 params 文件和待核对清单 / filled forms and published documents to params files, with a list of what to look at."""
    try:
        outcomes = _import(paths, out, rubric, year, force, jobs, timeout, json_)
    except KeyboardInterrupt:
        complain(
            Words(
                "已停止。读完的都在；再运行一次只读其余的。",
                "Stopped. What was read is in place; run again for the rest.",
            )
        )
        raise typer.Exit(INTERRUPTED) from None
    except WenxiaoError as error:
        complain(error)
        raise typer.Exit(2) from None
    except OSError as error:
        refuse(no_access(error, out))
    raise typer.Exit(_exit_code(outcomes))


def _import(
    paths: list[str],
    out: Path,
    rubric: str | None,
    year: int | None,
    force: bool,
    jobs: int,
    timeout: float,
    json_: bool,
) -> "list[Outcome]":
    from wenxiao.importing.batch import Options, find_sources, import_files
    from wenxiao.running.project import code_hash
    from wenxiao.running.storage import LocalStore

    if rubric is not None:
        from wenxiao.rubric import load_rubric

        load_rubric(rubric)  # a wrong name is told before anything is read
    found = find_sources(paths, out)
    _tell_others(found, paths)
    if not found.files:
        raise typer.Exit(2)
    store = LocalStore(out)
    options = Options(rubric, year, force, jobs, timeout, code_hash())
    with store.lock(), _progress(len(found.files), json_) as step:
        store.sweep()

        def heard(outcome: "Outcome") -> None:
            _tell(outcome, out, json_)
            step()

        try:
            outcomes = import_files(found.files, store, store.root, options, heard)
        finally:
            store.sweep(alone=True)
    if not json_:
        if sys.stdout.isatty():
            _tell_partly([one for one in outcomes if one.status == "partly" and one.state == "made"], out)
        tell(_summary(outcomes))
    return outcomes


def _tell_others(found: "Found", paths: list[str]) -> None:
    for given in found.nothing:
        complain(Words(f"{given}：里面没有可导入的文件。", f"{given}: no file in it that can be imported."))
    if found.others:
        kinds = "、".join(f"{suffix or '?'} {count}" for suffix, count in sorted(found.others.items()))
        complain(
            Words(
                f"文件夹中的其他文件没有读：{kinds}。", f"Other files in the folders were not read: {kinds}."
            )
        )


def _tell(outcome: "Outcome", out: Path, json_: bool) -> None:
    if json_:
        tell(steady_json(outcome.line()))
        return
    source, places = _shown(out / outcome.source), "、".join(_shown(out / one) for one in outcome.params)
    if outcome.status == "not":
        error = say(Words(outcome.error, outcome.error_en)).removeprefix(f"{Path(source).name}: ")
        complain(f"{say(_STATUS['not'])}  {source}  {error}")
    elif outcome.state == "kept":
        complain(Words(
            f"保留  {source}  {places} 已经有了或由人改过，没有覆盖；确要重写请加 --force。",
            f"kept  {source}  {places} is there already or was edited and stands; --force replaces it.",
        ))  # fmt: skip
    elif not sys.stdout.isatty():
        tell(_line(outcome, out))


def _shown(path: Path) -> str:
    """Give a path on one line, whatever signs its name holds."""
    return quoted(shown_path(Path(os.path.normpath(path))), _LONGEST)


def _line(outcome: "Outcome", out: Path) -> str:
    source, places = _shown(out / outcome.source), "、".join(_shown(out / one) for one in outcome.params)
    state = _STATUS[outcome.state if outcome.state == "current" else outcome.status]
    return f"{say(state)}  {source} → {places}{_said(outcome, out)}"


def _tell_partly(outcomes: "list[Outcome]", out: Path) -> None:
    """Name on a terminal, after the bar, what a person must look at."""
    for one in outcomes[:_MOST]:
        tell(_line(one, out))
    if len(outcomes) > _MOST:
        more = len(outcomes) - _MOST
        tell(
            Words(
                f"另有 {more} 份部分读到，清单见各自的 *.import.md。",
                f"{more} more partly read; see their *.import.md.",
            )
        )


def _said(outcome: "Outcome", out: Path) -> str:
    counts = [
        (outcome.problems, Words("需补填 {n}", "{n} to be added")), (outcome.uncertain, Words("不确定 {n}", "{n} uncertain")),
        (outcome.unread, Words("未读入 {n}", "{n} left out")), (outcome.personal, Words("个人信息 {n}", "{n} personal data")),
        (outcome.errors, Words("原件错误 {n}", "{n} errors of the document")),
    ]  # fmt: skip
    told = say(Words("、", ", ")).join(say(words.filled(n=count)) for count, words in counts if count)
    place = f"  {_shown(out / outcome.list)}" if outcome.list and told else ""
    return f"  {told}{place}" if told else ""


def _summary(outcomes: "list[Outcome]") -> str:
    """Give the table at the end: how many files were read, partly read and not, and what there is to look at."""
    heads = (
        Words("结果", "result"),
        Words("文件", "files"),
        Words("不确定", "uncertain"),
        Words("未读入", "left out"),
        Words("原件错误", "errors"),
    )
    rows = [[say(head) for head in heads]]
    for status in ("read", "partly", "not"):
        of = [one for one in outcomes if one.status == status]
        sums = [sum(getattr(one, name) for one in of) for name in ("uncertain", "unread", "errors")]
        rows.append([say(_STATUS[status]), *map(str, (len(of), *sums))])
    widths = [max(_width(row[i]) for row in rows) for i in range(len(heads))]
    lines = [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    states = Counter(one.state for one in outcomes)
    ends = [f"{say(_STATUS[state])} {states[state]}" for state in ("current", "kept") if states[state]]
    if ends:
        lines.append(
            say(Words("其中", "of these: ")) + say(Words("，", ", ")).join(ends) + say(Words("。", "."))
        )
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _exit_code(outcomes: "list[Outcome]") -> int:
    if any(one.status == "not" for one in outcomes):
        return 2
    return 1 if any(one.status == "partly" or one.errors or one.problems for one in outcomes) else 0


@contextmanager
def _progress(total: int, json_: bool) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal; give what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = json_ or not sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=hidden) as progress:
        task = progress.add_task(say(Words("导入", "import")), total=total)
        yield lambda: progress.advance(task)

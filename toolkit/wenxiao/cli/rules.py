"""``wenxiao rubrics``, ``explain`` and ``diff``: what the rules say, how numbers came to be, what moved."""

import re
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wenxiao.cli.app import Rubric, app, files_of, language, refuse, say
from wenxiao.errors import InputError, shown_path
from wenxiao.words import Words

_PAGE_WIDTH = 160
rubrics_app = typer.Typer(
    invoke_without_command=True, help="评分规则 / the scoring rules", rich_markup_mode=None
)
app.add_typer(rubrics_app, name="rubrics")


def _table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table as wide as the terminal, or wide enough to read when piped into a file."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PAGE_WIDTH)
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


@rubrics_app.callback()
def rubrics(context: typer.Context) -> None:
    """列出评分规则 / list the scoring rules."""
    from wenxiao.rubric import load_rubric, rubric_ids

    if context.invoked_subcommand:
        return
    for name in rubric_ids():
        rubric = load_rubric(name)
        sure = all(dated.verified for _, _, dated in rubric.dated())
        unsure = "" if sure else say(Words("  部分内容尚待与原文核对", "  partly to be confirmed"))
        since = say(Words(f"自 {rubric.since} 年度", f"from {rubric.since}"))
        typer.echo(f"{name}  {since}  {rubric.name}{unsure}")


@rubrics_app.command()
def show(
    name: Annotated[str, typer.Argument(help="编号或文件 / id or file", show_default=False)],
    year: Annotated[
        int | None, typer.Option(help="只看该评价年度适用的 / only what applies to this year")
    ] = None,
) -> None:
    """把一份评分规则印成表 / print one rubric as a table."""
    from wenxiao.regulation import items
    from wenxiao.rubric import load_rubric

    try:
        rubric = load_rubric(name)
    except InputError as error:
        refuse(error)
    if year is not None and year < rubric.since:
        refuse(Words(f"{name} 自 {rubric.since} 年度起适用。", f"{name} applies from {rubric.since} on."))
    sure = {True: Words("已核对", "verified"), False: Words("尚待核对", "to be confirmed")}
    headings = [
        Words("项目", "item"),
        Words("自年度", "from"),
        Words("内容", "value"),
        Words("来源", "reference"),
        Words("与原文", "status"),
    ]
    rows = [
        [say(one.label), str(one.since), say(one.text), one.reference, say(sure[one.verified])]
        for one in items(rubric, year)
    ]
    _table(f"{rubric.id}  {rubric.name}", [say(h) for h in headings], rows)


@app.command()
def explain(
    given: Annotated[
        str,
        typer.Argument(help="params 文件或问题编号，如 B101 / a params file or a code", show_default=False),
    ],
    rubric: Rubric = None,
) -> None:
    """说明每个数怎样得来，或一个问题编号的意思 / how each number came to be, or what a finding means."""
    if re.fullmatch(r"[A-Za-z]\d{3}", given):
        _explain_code(given.upper())
        return
    from wenxiao.checking import check_file
    from wenxiao.explaining import explanation

    for i, path in enumerate(files_of([given])):
        try:
            said = explanation(check_file(path, rubric), language())
        except InputError as error:
            refuse(error)
        typer.echo(("\n" if i else "") + f"{shown_path(path)}\n{said}")


def _explain_code(code: str) -> None:
    from wenxiao.findings import KINDS
    from wenxiao.running.places import starter_file

    if code not in KINDS:
        choices = "、".join(KINDS)
        refuse(
            Words(
                f"没有问题编号 {code}。编号有：{choices}。", f"There is no finding {code}. Codes: {choices}."
            )
        )
    typer.echo(f"{code}  {say(KINDS[code].title)}\n")
    typer.echo(starter_file(f"{code}.md", "docs/findings").read_text(encoding="utf-8").rstrip())


@app.command()
def diff(
    a: Annotated[
        str,
        typer.Argument(
            help="项目文件、报告、文件夹或评分规则 / params, report, folder or rubric", show_default=False
        ),
    ],
    b: Annotated[str, typer.Argument(help="同上 / the same", show_default=False)],
    year: Annotated[int | None, typer.Option(help="只比该评价年度 / rules of this year only")] = None,
) -> None:
    """比较两份项目文件、报告或评分规则：什么变了，哪些得分变了 / what changed, and which score it moved."""
    from wenxiao.comparing import compare

    try:
        comparison = compare(a, b, year=year)
    except InputError as error:
        refuse(error)
    for title, columns, rows in comparison.tables(language()):
        _table(title, columns, rows)

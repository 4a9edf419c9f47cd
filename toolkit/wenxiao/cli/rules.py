"""``wenxiao rubrics``, ``explain`` and ``diff``: what the rules say, how numbers came to be, what moved."""

import re
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wenxiao.cli.app import Json, Rubric, app, complain, files_of, language, refuse, say, tell, tell_json
from wenxiao.errors import InputError, shown_path
from wenxiao.visible import steady
from wenxiao.words import Words

if TYPE_CHECKING:
    from wenxiao.rubric import Rubric as RubricData

_PAGE_WIDTH = 160
rubrics_app = typer.Typer(
    invoke_without_command=True, help="评分规则 / the scoring rules", rich_markup_mode=None
)
app.add_typer(rubrics_app, name="rubrics")


def _table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table as wide as the terminal, or wide enough to read when piped into a file."""
    table = Table(title=title, title_justify="left", show_lines=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(steady(cell)) for cell in row))
    _console().print(table)


@rubrics_app.callback()
def rubrics(context: typer.Context) -> None:
    """列出评分规则 / list the scoring rules."""
    from wenxiao.rubric import load_rubric, rubric_ids

    if context.invoked_subcommand:
        return
    table = _rule_table(
        Words("编号", "id"), Words("自年度", "from"), Words("已核对", "verified"), Words("名称", "name")
    )
    for name in rubric_ids():
        rubric = load_rubric(name)
        sure = [dated.verified for _, _, dated in rubric.dated()]
        table.add_row(name, str(rubric.since), f"{sum(sure)}/{len(sure)}", rubric.name)
    console = _console()
    table.show_lines = console.width < _PAGE_WIDTH
    console.print(table)
    console.print(say(_UNSURE))
    console.print(
        say(Words("看一份规则：wenxiao rubrics show 编号", "To see one: wenxiao rubrics show ID")),
        soft_wrap=True,
    )


@rubrics_app.command()
def show(
    name: Annotated[str, typer.Argument(help="编号或文件 / id or file", show_default=False)],
    year: Annotated[
        int | None, typer.Option(help="只看该评价年度适用的 / only what applies to this year")
    ] = None,
) -> None:
    """把一份评分规则印成表 / print one rubric as a table."""
    from wenxiao.regulation import items, reference_text
    from wenxiao.rubric import load_rubric

    try:
        rubric = load_rubric(name)
    except InputError as error:
        refuse(error)
    if year is not None and year < rubric.since:
        refuse(
            Words(
                f"{rubric.id} 自 {rubric.since} 年度起适用，没有 {year} 年度的规则。",
                f"{rubric.id} applies from {rubric.since} on; it has no rules for {year}.",
            )
        )
    said = list(items(rubric, year))
    references = list(dict.fromkeys(one.reference for one in said))
    columns = [
        Words("项目", "item"),
        Words("自年度", "from"),
        Words("内容", "value"),
        Words("依据", "source"),
    ]
    table = _rule_table(*columns, *([Words("沿用", "taken from")] if rubric.based_on else []))
    for one in said:
        number = f"[{references.index(one.reference) + 1}] "
        source = Text(number + say(_STATUS[one.verified]), "" if one.verified else "bold yellow")
        taken_from = [one.taken_from] if rubric.based_on else []
        table.add_row(say(one.label), str(one.since), say(one.text), source, *taken_from)
    console = _console()
    table.show_lines = console.width < _PAGE_WIDTH
    console.print(f"{rubric.id}  {rubric.name}\n{say(_frame(rubric, year))}")
    if rubric.without_points is not None:
        console.print(reference_text(rubric.without_points))
    console.print(table)
    sources = Table.grid(padding=(0, 1))
    sources.add_column(no_wrap=True)
    sources.add_column(overflow="fold")
    for i, reference in enumerate(references, 1):
        sources.add_row(f" [{i}]", reference_text(reference))
    console.print(sources)
    if not all(one.verified for one in said):
        console.print(say(_UNSURE))


_STATUS = {True: Words("已核对", "verified"), False: Words("尚待核对", "to be confirmed")}
_UNSURE = Words(
    "“已核对”是指这个数印在所列的依据上；“尚待核对”的内容没有与原文核对过，使用前请对照本地的规定。",
    "“verified”: the value is printed on the source named. What is “to be confirmed” was not compared with the "
    "original text: check it against the rules in force where you are.",
)


def _frame(rubric: "RubricData", year: int | None) -> Words:
    """Say what a rubric evaluates, from when on, and what it is based on."""
    from wenxiao.words import KINDS

    based = Words("", "")
    if rubric.based_on:
        based = Words(f"；以 {rubric.based_on} 为基础", f"; based on {rubric.based_on}")
    unscored = Words("", "") if rubric.scored else Words("；不计分，不评总分", "; no points, no total")
    only = Words(f"；只列 {year} 年度适用的", f"; only what applies to {year}") if year else Words("", "")
    kind, since = rubric.kind, rubric.since
    return Words(
        f"{KINDS[kind]}；自 {since} 年度起{unscored.zh}{based.zh}{only.zh}",
        f"{kind.replace('_', ' ')}; from {since} on{unscored.en}{based.en}{only.en}",
    )


def _console() -> Console:
    """Give a console that prints rules as they are: nothing in them is markup."""
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(width=_PAGE_WIDTH, highlight=False, markup=False)


def _rule_table(*columns: Words) -> Table:
    """Give a table whose rows stay apart when they wrap; 内容 or 名称 takes the width that is left."""
    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False)
    for words in columns:
        flexible = words.zh in ("内容", "名称")
        table.add_column(
            say(words),
            overflow="fold",
            ratio=1 if flexible else None,
            no_wrap=words.zh in ("编号", "自年度", "已核对"),
        )
    return table


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

    failed = False
    for i, path in enumerate(files_of([given])):
        try:
            said = explanation(check_file(path, rubric), language())
        except InputError as error:
            complain(error)
            failed = True
            continue
        tell(("\n" if i else "") + f"{shown_path(path)}\n{said}")
    raise typer.Exit(2 if failed else 0)


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
    _, *page = starter_file(f"findings/{code}.md", "docs").read_text(encoding="utf-8").splitlines()
    tell("\n".join([f"{code}  {say(KINDS[code].title)}", *page]))


@app.command()
def diff(
    a: Annotated[
        str,
        typer.Argument(
            help="项目文件、报告、文件夹或评分规则 / params, report, folder or rubric", show_default=False
        ),
    ],
    b: Annotated[str, typer.Argument(help="同上 / the same", show_default=False)],
    year: Annotated[
        int | None,
        typer.Option(help="只比该评价年度的项目或规则 / only projects or rules of this year"),
    ] = None,
    json_: Json = False,
) -> None:
    """比较两份项目文件、报告或评分规则：什么变了，哪些得分变了 / what changed, and which score it moved."""
    from wenxiao.comparing import compare

    try:
        comparison = compare(a, b, year=year)
    except InputError as error:
        refuse(error)
    if json_:
        tell_json(comparison.as_dict(language()))
        return
    tell(f"A  {comparison.a}\nB  {comparison.b}\n\n{say(comparison.summary)}")
    for note in comparison.notes:
        tell(f"  {say(note)}")
    for title, columns, rows in comparison.tables(language()):
        tell("")
        _table(title, columns, rows)

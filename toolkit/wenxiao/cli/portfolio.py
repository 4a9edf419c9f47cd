"""``wenxiao portfolio``: the analysis over all reports of a folder."""

from pathlib import Path
from typing import Annotated

import typer

from wenxiao.cli.app import app, complain, no_access, refuse, tell
from wenxiao.errors import WenxiaoError, shown_path
from wenxiao.words import Words

_OUT = "写到哪里，可以写几次；.html、.pdf 或 .ipynb / results, may be given more than once"


@app.command()
def portfolio(
    reports: Annotated[Path, typer.Argument(help="报告文件夹 / folder of reports")] = Path("reports"),
    out: Annotated[list[Path] | None, typer.Option("-o", "--out", help=_OUT, show_default=False)] = None,
    year: Annotated[int | None, typer.Option(help="只分析一个年度 / one year only")] = None,
    department: Annotated[str | None, typer.Option(help="只分析一个主管部门 / one department only")] = None,
) -> None:
    """跨项目分析：等级、执行率、部门、指标、问题、年度变化 / the analysis over all reports, as page and PDF."""
    from wenxiao.running.portfolio import FORMATS, analyse, holds_any, refresh

    results = out or [reports / "portfolio.html", reports / "portfolio.pdf"]
    if wrong := [path for path in results if path.suffix.lower() not in FORMATS]:
        refuse(Words(
            f"-o {wrong[0]}：文件名要以 {'、'.join(FORMATS)} 结尾。", f"-o {wrong[0]}: the name must end with {', '.join(FORMATS)}.",
        ))  # fmt: skip
    if not reports.is_dir():
        refuse(
            Words(
                f"没有报告文件夹 {reports}；先运行 wenxiao run。",
                f"There is no folder {reports}; run wenxiao run first.",
            )
        )
    if not holds_any(reports):
        refuse(
            Words(
                f"{reports} 里没有报告；先运行 wenxiao run，或者写放报告的文件夹。",
                f"There is no report in {reports}; run wenxiao run first, or name the folder of the reports.",
            )
        )
    try:
        if refresh(reports):
            complain(Words("汇总表已按报告更新。", "The portfolio's tables were brought up to date."))
        analyse(reports, results, {"year": year, "department": department})
    except WenxiaoError as error:
        complain(error)
        raise typer.Exit(1) from None
    except OSError as error:
        refuse(no_access(error, results[0]))
    for path in results:
        tell(Words(f"完成  {shown_path(path)}", f"done  {shown_path(path)}"))

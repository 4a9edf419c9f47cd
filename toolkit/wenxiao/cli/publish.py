"""``wenxiao publish``: the gate, then the site."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wenxiao.cli.app import (
    INTERRUPTED,
    Json,
    app,
    complain,
    language,
    no_access,
    refuse,
    say,
    tell,
    tell_json,
)
from wenxiao.errors import WenxiaoError
from wenxiao.visible import quoted
from wenxiao.words import Words

if TYPE_CHECKING:
    from wenxiao.publishing.building import Decision, Order, Result
    from wenxiao.publishing.gate.reasons import Refusal
    from wenxiao.publishing.settings import Settings

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_NEEDED = ("pagefind", "pagefind_bin_extended", "rocrate", "cryptography")
_STATUS = {
    "published": Words("新发布", "published"), "corrected": Words("更正", "corrected"), "reissued": Words("重新生成", "reissued"),
    "withdrawn": Words("撤回", "withdrawn"), "unchanged": Words("没有变化", "unchanged"), "refused": Words("不予公开", "refused"),
}  # fmt: skip
_PHASES = {
    "decide": Words("公开审查", "gate"), "place": Words("放入网站", "reports"),
    "pages": Words("网页", "pages"), "search": Words("搜索索引", "search"),
}  # fmt: skip


@app.command()
def publish(
    reports: Annotated[
        Path | None, typer.Argument(help="报告文件夹 / folder of reports", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="网站放在哪里 / where the site goes")] = Path(
        "site"
    ),
    base_url: Annotated[
        str | None, typer.Option(help="网站的地址 / address of the site", show_default=False)
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="网站设置 site.yaml / settings of the site", show_default=False)
    ] = None,
    approved: Annotated[
        str | None,
        typer.Option(
            help="批复日期：算公开期限 / day of approval: days that remain",
            metavar="YYYY-MM-DD",
            show_default=False,
        ),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option(help="更正的原因，会公开 / reason of corrections, published", show_default=False),
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(help="签名用的私钥 / private key to sign with", show_default=False)
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            help="发布日期，默认今天 / day of publication, today by default",
            metavar="YYYY-MM-DD",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="同时几个 / how many at once")
    ] = os.cpu_count() or 1,
    json_: Json = False,
) -> None:
    """公开：逐个审查报告，生成静态网站 / publish: examine each report, then make the static site."""
    today = _day(date, "--date") or dt.date.today()  # noqa: DTZ011  the publisher's own day
    if approved:
        _deadlines(_day(approved, "--approved") or today, today, json_)
    if reports is None:
        if not approved:
            refuse(
                Words(
                    "请写报告文件夹：wenxiao publish reports -o site",
                    "Name the folder of reports: wenxiao publish reports -o site",
                )
            )
        raise typer.Exit(0)
    _need(sign)
    try:
        order = _order(reports, out, _settings(settings, base_url), today, because, jobs, sign)
        result = _publish(order, json_)
    except KeyboardInterrupt:
        complain(Words(
            "已停止。网站上每份报告不是旧的就是新的；再发布一次就会补完。",
            "Stopped. Each report on the site is either the old or the new one; publish again for the rest.",
        ))  # fmt: skip
        raise typer.Exit(INTERRUPTED) from None
    except WenxiaoError as error:
        complain(error.text(language()))
        raise typer.Exit(2) from None
    except OSError as error:
        refuse(no_access(error, out))
    _sum_up(order, result, json_)
    raise typer.Exit(1 if result.counts["refused"] or result.counts["withdrawn"] else 0)


def _day(text: str | None, option: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        refuse(Words(
            f"{option} 写成 2022-04-01 这样，现在是“{quoted(text)}”。",
            f"{option} is written like 2022-04-01, not “{quoted(text)}”.",
        ))  # fmt: skip
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        refuse(Words(
            f"{option} 的年份 {day.year} 不对，应在 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间。",
            f"{option}: the year {day.year} can't be right; it lies between {_FIRST_YEAR} and {_LAST_YEAR}.",
        ))  # fmt: skip
    return day


def _deadlines(approved: dt.date, today: dt.date, json_: bool) -> None:
    from wenxiao.publishing.deadlines import deadlines

    for one in deadlines(approved, today):
        if json_:
            last = one.last.isoformat()
            tell_json({"rule": say(one.rule), "basis": one.basis, "last": last, "left": one.left}, None)
        else:
            tell(one.text(language()))


def _need(sign: Path | None) -> None:
    missing = [name for name in _NEEDED[: None if sign else -1] if find_spec(name) is None]
    if missing:
        refuse(Words(
            f'发布网站还要安装：pip install "wenxiao[publish]"（缺 {"、".join(missing)}）',
            f'Publishing needs more packages: pip install "wenxiao[publish]" (missing: {", ".join(missing)})',
        ))  # fmt: skip


def _settings(path: Path | None, base_url: str | None) -> "Settings":
    from pydantic import ValidationError

    from wenxiao.publishing.settings import Settings, load_settings

    found = load_settings(path)
    if base_url is None:
        return found
    try:
        return Settings.model_validate(found.model_dump(exclude_unset=True) | {"base_url": base_url})
    except ValidationError:
        refuse(Words(
            f"--base-url 要写完整的网址，如 https://www.example.gov.cn/jixiao/，现在是“{base_url}”。",
            f"--base-url is a whole address such as https://www.example.gov.cn/jixiao/, not “{base_url}”.",
        ))  # fmt: skip


def _order(
    reports: Path,
    out: Path,
    settings: "Settings",
    today: dt.date,
    because: str | None,
    jobs: int,
    sign: Path | None,
) -> "Order":
    from wenxiao.publishing.building import Order
    from wenxiao.publishing.signing import private_key

    if not reports.is_dir():
        refuse(Words(f"没有报告文件夹 {reports}。", f"There is no folder of reports {reports}."))
    if because is not None and not because.strip():
        refuse(Words("--because 要写明更正的原因。", "--because needs the reason."))
    because = " ".join(because.split()) if because else None
    key = (
        private_key(sign, lambda: typer.prompt(say(Words("私钥口令", "passphrase")), hide_input=True))
        if sign
        else None
    )
    return Order(reports, out, settings, today, because, jobs, key)


def _publish(order: "Order", json_: bool) -> "Result":
    from wenxiao.publishing.building import publish as publish_

    with _progress(json_) as step:
        return publish_(order, lambda found: _tell(found, json_), step)


def _tell(found: "Decision", json_: bool) -> None:
    if json_:
        tell_json(_record(found), None)
        return
    if found.status in ("refused", "withdrawn"):
        stands = (
            say(Words("（网站上仍是原来的版本）", " (the site keeps its earlier version)"))
            if found.stands
            else ""
        )
        complain(f"{say(_STATUS[found.status])}{stands}  {found.place}")
        for one in found.refusals:
            complain(f"  {one.text(language())}")
    elif found.status != "unchanged" and not sys.stdout.isatty():
        tell(f"{say(_STATUS[found.status])}  {found.place}")
    for one in found.notes:
        complain(f"{say(Words('提示', 'note'))}  {found.place}\n  {one.text(language())}")


def _record(found: "Decision") -> dict[str, Any]:
    year, _, stem = found.place.partition("/")
    return {
        "year": year, "stem": stem, "status": found.status, "stands": found.stands,
        "refusals": [_said(one) for one in found.refusals], "notes": [_said(one) for one in found.notes],
    }  # fmt: skip


def _said(one: "Refusal") -> dict[str, str]:
    return {"code": one.code, "place": one.place, "message": say(one.words), "remedy": say(one.remedy)}


def _sum_up(order: "Order", result: "Result", json_: bool) -> None:
    counts = {status: result.counts[status] for status in _STATUS}
    if json_:
        about = {"reports": result.reports, "written": result.written, "removed": result.removed}
        tell_json(counts | about, None)
        return
    said = say(Words("，", ", ")).join(f"{say(_STATUS[status])} {count}" for status, count in counts.items())
    tell(Words(f"{said}。", f"{said}."))
    if not result.written and not result.removed:
        tell(Words(
            f"{order.site} 已是最新，没有写任何文件。", f"{order.site} is up to date; nothing was written.",
        ))  # fmt: skip
    else:
        tell(Words(
            f"{order.site}：{result.reports} 份报告，写了 {result.written} 个文件，删去 {result.removed} 个。",
            f"{order.site}: {result.reports} reports, {result.written} files written, {result.removed} removed.",
        ))  # fmt: skip
        if not order.settings.base_url:
            tell(Words("没有 --base-url，所以没有 sitemap.xml。", "No sitemap.xml, for want of --base-url."))
    if result.unsigned:
        complain(Words(
            "网站变了，旧的签名已删去；要签名请加 --sign。",
            "The site has changed and its old signature was removed; sign it with --sign.",
        ))  # fmt: skip


@contextmanager
def _progress(json_: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each part of the work on a terminal; give what moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = json_ or not sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=hidden) as progress:
        tasks = {
            name: progress.add_task(say(words), total=None, visible=False) for name, words in _PHASES.items()
        }

        def step(phase: str, done: int, total: int) -> None:
            progress.update(tasks[phase], completed=done, total=total or None, visible=True)

        yield step

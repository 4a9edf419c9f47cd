"""``wenxiao verify``: is this what was published, and does it follow from its facts?"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from wenxiao.cli.app import INTERRUPTED, Json, app, complain, language, say, tell, tell_json
from wenxiao.errors import SpokenError
from wenxiao.words import Words


@app.command()
def verify(
    path: Annotated[
        Path,
        typer.Argument(
            help="报告文件夹、网站、PDF 或 Word 报告 / a report folder, a site, a PDF or a Word report",
            show_default=False,
        ),
    ],
    key: Annotated[
        str | None,
        typer.Option(
            help="发布机构的公钥：文件或 ssh-ed25519 … / the publisher's public key", show_default=False
        ),
    ] = None,
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="以前留存的日志树根 行数:树根 / a root of the log kept from earlier, SIZE:ROOT",
            show_default=False,
        ),
    ] = None,
    no_rerun: Annotated[
        bool, typer.Option("--no-rerun", help="不重新生成报告 / don't make the reports again")
    ] = False,
    run_template: Annotated[
        bool,
        typer.Option(
            "--run-template",
            help="运行报告所带的模板：它的程序会在本机执行 / run the template a report carries: its code is executed here",
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", min=1, help="同时几个 / how many at once")
    ] = os.cpu_count() or 1,
    json_: Json = False,
) -> None:
    """核对公布的报告：核对指纹，重新生成，逐一比较 / verify what was published: hash it, make it again, compare."""
    from wenxiao.publishing.verifying import told
    from wenxiao.publishing.verifying import verify as verify_

    try:
        heads = [_head(one) for one in head or ()]
        with _progress(json_) as step:
            result = verify_(
                path,
                key=key,
                heads=heads,
                rerun=not no_rerun,
                run_template=run_template,
                workers=jobs,
                progress=step,
                language=language(),
            )
    except SpokenError as error:
        _unusable(path, error, json_)
    except KeyboardInterrupt:
        complain(Words("已停止，没有核对完。", "Stopped before the end."))
        raise typer.Exit(INTERRUPTED) from None
    if json_:
        tell_json(result.as_dict(language()))
    else:
        for line in told(result, language()):
            tell(line)
    raise typer.Exit(0 if result.identical else 1)


@contextmanager
def _progress(json_: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal; give what moves it to so many of so many reports."""
    with Progress(
        console=Console(stderr=True), disable=json_ or not sys.stderr.isatty(), transient=True
    ) as bar:
        task = bar.add_task(say(Words("重新生成报告", "making reports again")), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _head(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d{1,9}):([0-9a-fA-F]{64})", text.strip())
    if not found:
        raise SpokenError(Words(
            f"--head 写成 行数:树根，树根是 64 个十六进制字符；这里是“{text}”。",
            f"--head takes SIZE:ROOT, the root being 64 hexadecimal digits; here it is “{text}”.",
        ))  # fmt: skip
    return int(found[1]), found[2].lower()


def _unusable(path: Path, error: SpokenError, json_: bool) -> NoReturn:
    from wenxiao.publishing.verifying import SCHEMA

    message = error.text(language())
    if json_:
        said = {"schema": SCHEMA, "path": str(path), "verdict": "unusable", "message": message}
        tell_json(said)
    else:
        complain(Words(f"无法核对 {path}：{message}", f"Can't verify {path}: {message}"))
    raise typer.Exit(2)

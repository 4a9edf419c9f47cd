"""``wenxiao sample``: invented projects for benchmarks and training courses."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from wenxiao.cli.app import app, no_access, refuse, say, tell
from wenxiao.visible import unwritable
from wenxiao.words import Words

_FAULTS = "每百个中有几个带预设错误 / projects in a hundred with a planted fault"


@app.command()
def sample(
    count: Annotated[int, typer.Argument(min=1, help="几个项目 / how many", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="放在哪里 / where they go", show_default=False)],
    seed: Annotated[str, typer.Option(help="种子：相同则内容相同 / same seed, same bytes")] = "0",
    year: Annotated[int, typer.Option(min=2019, max=2098, help="评价年度 / year evaluated")] = 2024,
    faults: Annotated[int, typer.Option(min=0, max=100, help=_FAULTS)] = 12,
    clean: Annotated[bool, typer.Option("--clean", help="不带预设错误 / no planted faults")] = False,
) -> None:
    """生成虚构的示例项目，供培训和测速；预设的错误列在 faults.jsonl / invented projects; faults.jsonl lists what was planted."""
    from wenxiao.sampling import samples, write_samples

    if unwritable(seed) or seed != "".join(seed.splitlines()):
        refuse(Words(
            "--seed 里有换行、控制字符，或者不是 UTF-8；写普通的字或数字，例如 --seed 7。",
            "--seed holds a line break, a control character, or is no UTF-8; use plain letters, such as --seed 7.",
        ))  # fmt: skip
    share = Decimal(0) if clean else Decimal(faults) / 100
    many = track(
        samples(count, seed, year, share), say(Words("生成示例", "samples")), count, console=Console(stderr=True),
        disable=not Console(stderr=True).is_terminal,
    )  # fmt: skip
    try:
        counts = write_samples(out, iter(many), year)
    except FileExistsError as error:
        refuse(Words(
            f"已经有 {error.filename}，没有改动任何文件；请换一个空文件夹，例如 -o {out}-2。",
            f"{error.filename} is there already; nothing was changed. Name an empty folder, such as -o {out}-2.",
        ))  # fmt: skip
    except OSError as error:
        refuse(no_access(error, out))
    tell(Words(
        f"已在 {out} 生成 {counts['projects']} 个虚构项目，其中 {counts['faults']} 个带预设错误（见 {out / 'faults.jsonl'}）。",
        f"{counts['projects']} invented projects in {out}, {counts['faults']} with a planted fault "
        f"(see {out / 'faults.jsonl'}).",
    ))  # fmt: skip

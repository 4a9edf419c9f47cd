"""Reports made again, from published facts alone, in a private temporary folder.

Facts and rubric are data: they are loaded, never run. The notebook is the package's own, and no file of what is verified
is ever near the kernel but these two; unless whoever verifies has read the template that a report carries, and wants it run.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from wenxiao.loading import LARGEST, Sheet
from wenxiao.publishing.verifying.environment import template
from wenxiao.rubric import is_file, rubric_ids
from wenxiao.running.batch import run_jobs
from wenxiao.running.formats import DEFAULT, RUBRIC
from wenxiao.running.project import Job, Outcome
from wenxiao.words import Words

K = TypeVar("K")
TIMEOUT: Final = 300


@dataclass(frozen=True)
class Source(Generic[K]):
    """What a report is made from: its params.yaml, and a bureau's own rubric.yaml; ``key`` says whose it is.

    ``template`` is the text of another template than the package's own: its code will be executed.
    """

    key: K
    params: bytes
    rubric: bytes | None = None
    formats: tuple[str, ...] = DEFAULT
    template: str | None = None


def refusal(params: bytes, rubric: bytes | None) -> Words | None:
    """Say why facts are not even to be tried, or None.

    A published params.yaml names a shipped rubric or the rubric.yaml beside it, and that one is based on a shipped one:
    anything else would have files of this machine read.
    """
    for name, content in (("params.yaml", params), (RUBRIC, rubric)):
        if content is not None and (words := _unreadable(name, content)):
            return words
    named = _stated(params, "rubric")
    if is_file(named) and named != RUBRIC:
        return Words(
            f"params.yaml 指向评分规则文件“{named[:80]}”；公布的只能用自带的规则，或旁边的 rubric.yaml。没有打开它。",
            f"params.yaml names the rubric file “{named[:80]}”; what is published may only use a shipped rubric, or the "
            "rubric.yaml beside it. It was not opened.",
        )
    if named == RUBRIC and rubric is None:
        return Words(
            "评分用的 rubric.yaml 没有一起公布。", "The rubric.yaml that scored it was not published with it."
        )
    base = _stated(rubric, "based_on") if rubric is not None else ""
    if base and base not in rubric_ids():
        return Words(
            f"rubric.yaml 以“{base[:80]}”为基础，那不是自带的规则。没有打开它。",
            f"rubric.yaml is based on “{base[:80]}”, which is no shipped rubric. It was not opened.",
        )
    return None


def _unreadable(name: str, content: bytes) -> Words | None:
    if len(content) > LARGEST:
        return Words(f"{name} 太大（{len(content)} 字节）。", f"{name} is too large ({len(content)} bytes).")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Words(f"{name} 不是 UTF-8 文本。", f"{name} is no UTF-8 text.")
    return None


def _stated(content: bytes, key: str) -> str:
    data = Sheet("", content.decode("utf-8-sig")).data
    stated = data.get(key) if isinstance(data, dict) else None
    return stated.strip() if isinstance(stated, str) else ""


def remake(
    sources: Iterable[Source[K]], workers: int, tell: Callable[[K, Path | None, str], None], language: str
) -> None:
    """Make reports, and tell of each its folder, or None and what went wrong; the folder is gone after the telling."""
    with tempfile.TemporaryDirectory(prefix="wenxiao-verify-") as name:
        home = Path(name).resolve()
        keys: dict[str, K] = {}

        def jobs() -> Iterator[Job]:
            for n, source in enumerate(sources):
                stem = f"report-{n}"
                keys[stem] = source.key
                yield _job(home / stem, stem, source, language)

        def heard(outcome: Outcome) -> None:
            here = home / outcome.stem
            error = (outcome.error or "").replace(f"{here / outcome.stem}.yaml", "params.yaml")
            error = error.replace(f"{here.as_posix()}/", "")
            tell(keys.pop(outcome.stem), Path(outcome.folder) if outcome.folder else None, error)
            shutil.rmtree(here, ignore_errors=True)

        run_jobs(jobs(), workers, heard)


def _job(here: Path, stem: str, source: Source[K], language: str) -> Job:
    here.mkdir()
    (here / f"{stem}.yaml").write_bytes(source.params)
    if source.rubric is not None:
        (here / RUBRIC).write_bytes(source.rubric)
    notebook = template()
    if source.template is not None:
        notebook = here / "template.ipynb"
        notebook.write_text(source.template, encoding="utf-8", newline="\n")
    params, out = str(here / f"{stem}.yaml"), str(here / "out")
    return Job(params, out, str(notebook), source.formats, timeout=TIMEOUT, language=language)

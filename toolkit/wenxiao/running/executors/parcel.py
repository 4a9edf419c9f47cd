"""A job with the client's files in it: what must travel to a worker that does not see the client's disk.

Those are the params file, the template, a bureau's own rubric, and an office's own head for the Word report. Evidence files stay where they are: only their
hashes count, so a params file that names evidence is loaded here and travels as the facts as used, hashes filled in.
"""

import hashlib
import socket
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from wenxiao.checking import check_file
from wenxiao.errors import shown_path
from wenxiao.model import Project
from wenxiao.rubric import is_file, rubric_text
from wenxiao.running.executors.errors import UnlikeWorkerError
from wenxiao.running.formats import FORMATS, RUBRIC, libraries
from wenxiao.running.project import LIBRARIES, Job, code_hash
from wenxiao.words import Words

_OWN: Final = f"../{RUBRIC}"
"""Where an unpacked params file finds the bureau's own rubric."""

LETTERHEAD: Final = "letterhead.docx"


@dataclass(frozen=True)
class Parcel:
    """A job and the bytes it needs; ``params_shown`` is the params file as the user knows it."""

    job: Job
    params_shown: str
    params: bytes
    template: bytes
    rubric: bytes | None
    maker: str
    letterhead: bytes | None = None


def pack(job: Job) -> Parcel:
    """Give the job with all it reads.

    Raises:
        OSError: a file can't be read.
        InputError: a file that names evidence or a rubric of its own can't be loaded; running the job here says the same.
    """
    params, name = Path(job.params).read_bytes(), job.rubric
    if _names_files(params):
        project = check_file(Path(job.params), job.rubric).project
        name = project.rubric
        params = _facts_as_used(project.model_copy(update={"rubric": _OWN}) if is_file(name) else project)
    own = rubric_text(name).encode() if name and is_file(name) else None
    template = Path(job.template).read_bytes()
    head = Path(job.letterhead).read_bytes() if job.letterhead else None
    return Parcel(job, shown_path(Path(job.params)), params, template, own, maker(), head)


def _names_files(params: bytes) -> bool:
    """Tell whether a params file may name others; most name none, and need not be loaded here."""
    return b"evidence" in params or b".yaml" in params or b".yml" in params


def unpack(parcel: Parcel, folder: Path) -> Job:
    """Lay the files out in an empty folder; give the job as it runs there.

    Raises:
        UnlikeWorkerError: this machine would make another report than the client's.
    """
    if parcel.maker != maker():
        raise UnlikeWorkerError(_unlike())
    job = parcel.job
    params = folder / "facts" / Path(job.params).name
    template = folder / "template.ipynb"
    params.parent.mkdir(parents=True)
    params.write_bytes(parcel.params)
    template.write_bytes(parcel.template)
    rubric = job.rubric
    if parcel.rubric is not None:
        (folder / RUBRIC).write_bytes(parcel.rubric)
        rubric = str(folder / RUBRIC) if rubric else None
    letterhead = None
    if parcel.letterhead is not None:
        letterhead = str(folder / LETTERHEAD)
        Path(letterhead).write_bytes(parcel.letterhead)
    return replace(job, params=str(params), template=str(template), rubric=rubric, letterhead=letterhead)


@cache
def maker() -> str:
    """Give a SHA-256 of what makes reports here: this package's code and the libraries' versions."""
    names = (*LIBRARIES, *libraries(FORMATS, LETTERHEAD))
    versions = "".join(f"{name} {version(name)}\n" for name in names)
    return hashlib.sha256(f"{code_hash()}\n{versions}".encode()).hexdigest()


def _facts_as_used(project: Project) -> bytes:
    from wenxiao.writing import facts_text

    return facts_text(project).encode()


def _unlike() -> Words:
    return Words(
        f"主机 {socket.gethostname()} 上的 wenxiao 或其依赖与本机版本不同，会做出不同的报告。"
        "请在每台机器上安装同一份代码和同一份依赖锁定文件，再重新启动工作进程。",
        f"Host {socket.gethostname()} has another version of wenxiao or its libraries and would make other reports. "
        "Install the same code and the same lock on every machine, and start the workers again.",
    )

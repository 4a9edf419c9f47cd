"""Old formats (doc, wps, xls, et, rtf, odt …): turned into docx or xlsx by LibreOffice, where it is installed.

LibreOffice runs in a profile of its own that forbids macros and fetches nothing that a document links to; it has a
deadline, and ends with all it has started.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wenxiao.errors import InputError
from wenxiao.importing.grid import Grid
from wenxiao.importing.limits import refusal
from wenxiao.importing.package import Package, look_over_xml
from wenxiao.words import Words

DEADLINE: Final = 100
_TARGETS: Final = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx", "xlsb": "xlsx"}
_PROGRAMS: Final = ("soffice", "libreoffice")
_ELSEWHERE: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)  # fmt: skip
_CELL_END: Final = b"\x07\x00"
_FEW_CELLS: Final = 8
"""An old Word document marks the end of each cell; with as many of them it holds a table."""
_AGAIN: Final = 81
"""With this code LibreOffice asks to be started again, once its new profile is laid out."""
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def office() -> str | None:
    """Give the program of LibreOffice; None where there is none.

    The program itself, not the script that starts it: it then is one process, which can be ended.
    """
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    found = found or next((place for place in _ELSEWHERE if Path(place).is_file()), None)
    itself = Path(found).resolve().parent / "soffice.bin" if found else None
    return str(itself) if itself and itself.is_file() else found


def read_old(file: str, data: bytes, kind: str) -> Grid:
    """Read a document of an old format.

    Raises:
        InputError: LibreOffice is not there, can't open the document, or takes too long.
    """
    program = office()
    if program is None:
        raise refusal(
            file,
            Words(
                f"这是旧格式（.{kind}），要有 LibreOffice 才能读。",
                f"It is of an old format (.{kind}), which only LibreOffice reads.",
            ),
            Words(
                "请装上 LibreOffice，或用 Word、Excel、WPS 另存为 .docx 或 .xlsx。",
                "Install LibreOffice, or save it as .docx or .xlsx.",
            ),
        )
    if kind == "xml":
        look_over_xml(file, data)
    target = _TARGETS.get(kind) or ("xlsx" if b"Workbook" in data[:8192] else "docx")
    with tempfile.TemporaryDirectory(prefix=f"wenxiao-{os.getpid()}-") as folder:
        made = _converted(file, data, kind, target, program, Path(folder))
    package = Package(file, made)
    try:
        grid = _with_note(file, made, target, package, kind)
    finally:
        package.close()
    if kind == "doc" and data.count(_CELL_END) >= _FEW_CELLS and not any(grid.tables()):
        raise _cannot_open(file, "，表格没有转换出来")
    return grid


def _with_note(file: str, made: bytes, target: str, package: Package, kind: str) -> Grid:
    from dataclasses import replace

    from wenxiao.importing.readers.docx import read_docx
    from wenxiao.importing.readers.xlsx import read_xlsx

    grid = read_xlsx(file, made, package) if target == "xlsx" else read_docx(file, package)
    return replace(grid, kind=kind, notes=(f"由 LibreOffice 从 .{kind} 转换后读取。", *grid.notes))


def _converted(file: str, data: bytes, kind: str, target: str, program: str, folder: Path) -> bytes:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    source = folder / f"document.{kind}"
    source.write_bytes(data)
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to", target, "--outdir", os.fspath(folder / "out"), os.fspath(source),
    ]  # fmt: skip
    said = _run(command, file)
    made = folder / "out" / f"document.{target}"
    if not made.is_file():
        raise _cannot_open(file, said)
    return made.read_bytes()


def _cannot_open(file: str, more: str) -> InputError:
    return refusal(
        file,
        Words(
            f"LibreOffice 打不开这份文件（可能有密码或已损坏{more}）。",
            f"LibreOffice can't open it (a password, or damaged{more}).",
        ),
        Words(
            "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx。",
            "Open it in Word, Excel or WPS and save it as .docx or .xlsx.",
        ),
    )


def _run(command: list[str], file: str) -> str:
    """Run LibreOffice to its end, or to the deadline; give its exit code where it is not 0."""
    for _ in range(2):
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_unbounded(),
        )  # fmt: skip
        try:
            code = process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            raise refusal(
                file,
                Words(
                    f"LibreOffice 在 {DEADLINE} 秒内没有转换完，已停止。",
                    f"LibreOffice did not finish within {DEADLINE} s.",
                ),
                Words("请用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx。", "Save it as .docx or .xlsx."),
            ) from None
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if code != _AGAIN:
            break
    return f"，{code}" if code else ""


def _unbounded() -> Callable[[], None] | None:
    """Give what lifts a bound on memory that was set for reading; LibreOffice maps more than it uses."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == hard else lambda: resource.setrlimit(resource.RLIMIT_AS, (hard, hard))

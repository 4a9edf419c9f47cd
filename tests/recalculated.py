"""A workbook as LibreOffice computes it: every formula recalculated from scratch, whatever values the file carries."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

SOFFICE = shutil.which("soffice")
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
WRONG = "-77777"


def spoiled(content: bytes) -> bytes:
    """Give the workbook with a wrong value in every formula: what comes out right was computed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb' t="str"(>|[^>]*>)<f>', rb"\1<f>", text)
                text = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>" + WRONG.encode() + b"</v>", text)
                text = re.sub(rb"</f></c>", b"</f><v>" + WRONG.encode() + b"</v></c>", text)
            new.writestr(name, text)
    return out.getvalue()


def convert(files: list[Path], to: str, out: Path, profile: Path) -> None:
    """Let LibreOffice convert files with a profile of its own that recalculates everything on loading."""
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    settings = user / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(_ALWAYS, "utf-8")
    command = [
        SOFFICE or "soffice",
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        to,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=600)


def recalculated(contents: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Give each workbook, spoiled and recalculated, as openpyxl reads its values."""
    before, after = folder / "before", folder / "after"
    before.mkdir()
    after.mkdir()
    for name, content in contents.items():
        (before / f"{name}.xlsx").write_bytes(spoiled(content))
    convert(sorted(before.glob("*.xlsx")), "xlsx", after, folder / "profile")
    return {name: openpyxl.load_workbook(after / f"{name}.xlsx", data_only=True) for name in contents}

"""What a workbook of ours is known by: the names of its sheets, and a mark that survives Excel, WPS and LibreOffice."""

import re
import zipfile
from pathlib import Path
from typing import Final

from wenxiao.archives import DAMAGED

FORM: Final = "自评表"
INSTRUCTIONS: Final = "填写说明"
OTHERS: Final = "其他信息"
EVIDENCE: Final = "佐证材料"
SPLITS: Final = "另外分列"
ANSWERED: Final = "问题说明"
WORKINGS: Final = "计算"
RULES: Final = "规则"
CHOICES: Final = "选项"
LIST: Final = "项目清单"

FORM_MARK: Final = "wenxiao_form"
LIST_MARK: Final = "wenxiao_list"
"""Defined names; what they refer to does not matter."""

_MOST: Final = 1024 * 1024
_SMALL: Final = 64 * 1024 * 1024


def is_form(path: str | Path) -> bool:
    """Tell whether a file is a form made by ``wenxiao form``; cheap, and False for whatever can't be opened."""
    return _marked(path, FORM_MARK)


def is_list(path: str | Path) -> bool:
    """Tell whether a file is a list of projects made by ``wenxiao form --list``."""
    return _marked(path, LIST_MARK)


def _marked(path: str | Path, mark: str) -> bool:
    try:
        if Path(path).stat().st_size > _SMALL:
            return False
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as stream:
            text = stream.read(_MOST)
    except DAMAGED:
        return False
    return re.search(rb'<(?:\w+:)?definedName[^>]*\bname="' + mark.encode() + b'"', text) is not None

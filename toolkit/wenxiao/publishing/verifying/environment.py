"""What reports were made with, as recorded at publication, against what is installed here."""

import hashlib
import platform
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from wenxiao import fonts
from wenxiao.publishing.verifying.result import Part
from wenxiao.running.places import TEMPLATE, starter_file
from wenxiao.running.project import code_hash
from wenxiao.visible import visible
from wenxiao.words import Words

_NAMES: Final = {
    "wenxiao": Words("wenxiao 版本", "wenxiao version"),
    "code": Words("wenxiao 程序", "wenxiao's code"),
    "template": Words("报告模板", "report template"),
    "rubric": Words("评分规则", "rubric"),
    "fonts": Words("字体", "fonts"),
    "python": Words("Python 版本", "Python version"),
}
_SHORT: Final = 12


def name_of(part: str) -> Words:
    """Give the words for a part; a library's name is its own."""
    return _NAMES.get(part, Words(part, part))


def template() -> Path:
    """Give the package's own template: never one that lies in the working folder, which may be somebody else's."""
    return starter_file(TEMPLATE, "notebooks")


@cache
def template_hash() -> str:
    """Give the SHA-256 of the package's own template."""
    return hashlib.sha256(template().read_bytes()).hexdigest()


def compared(inputs: Mapping[str, Any], python: object, rubric: str | None) -> tuple[Part, ...]:
    """Give every part that was recorded; ``rubric`` is the hash of the rubric here, None where it can't be told."""
    present: dict[str, str | None] = {
        "code": code_hash(), "template": template_hash(), "rubric": rubric, "fonts": fonts.bundle_hash(),
    }  # fmt: skip
    versions = inputs.get("versions")
    recorded: dict[str, object] = dict(versions) if isinstance(versions, Mapping) else {}
    found = [Part(_text(name), _text(said), _installed(_text(name))) for name, said in recorded.items()]
    for name, here in present.items():
        said = inputs.get(name)
        if isinstance(said, str) and here is not None:
            found.append(Part(name, _text(said)[:_SHORT], here[:_SHORT]))
    if isinstance(python, str):
        found.append(Part("python", _text(python), platform.python_version()))
    return tuple(found)


def _text(value: object) -> str:
    return visible(str(value))[:80]


@cache
def _installed(name: str) -> str:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return "—"


def together(found: Iterable[Iterable[Part]]) -> tuple[Part, ...]:
    """Give the parts of many reports, equal ones counted."""
    counts: dict[Part, int] = {}
    for parts in found:
        for part in parts:
            counts[part] = counts.get(part, 0) + 1
    return tuple(replace(part, reports=n) for part, n in counts.items())


def other_software(parts: Iterable[Part]) -> Words:
    """Say what is not as it was at publication, as the likely cause of a difference."""
    said = [(name_of(part.name), part) for part in parts]
    zh = "、".join(f"{words.zh} {part.recorded} → {part.present}" for words, part in said)
    en = ", ".join(f"{words.en} {part.recorded} → {part.present}" for words, part in said)
    return Words(
        f"很可能因为软件不同（公布时 → 这里）：{zh}。装上公布时的版本再核对，才能确定。",
        f"probably other software (at publication → here): {en}. Install what was used then, and verify again, to be sure.",
    )

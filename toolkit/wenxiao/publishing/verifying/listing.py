"""The list of files that a report folder carries: manifest.json of a site, or provenance.json of a reports folder."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import reason
from wenxiao.publishing.manifest import SCHEMA
from wenxiao.publishing.published import MANIFEST
from wenxiao.publishing.verifying.result import UnusableError
from wenxiao.running.storage.base import PROVENANCE
from wenxiao.words import Words

RECORD, PARAMS = "evaluation.json", "params.yaml"
LARGEST: Final = 64 * 2**20
"""Bytes of a published file beyond which it is hashed, but not looked into."""
_SCHEMAS: Final = {MANIFEST: SCHEMA, PROVENANCE: "wenxiao/provenance/1"}
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Listing:
    """What was recorded when a report was made: ``files`` name → SHA-256, ``inputs`` and ``python`` as recorded.

    ``year`` and ``stem`` are None where the list does not say them.
    """

    name: str
    files: Mapping[str, str]
    inputs: Mapping[str, Any]
    python: object
    year: int | None = None
    stem: str | None = None


def read_listing(folder: Path) -> Listing:
    """Read the list in a folder.

    Raises:
        UnusableError: there is none, or it is none of ours.
    """
    name = next((one for one in _SCHEMAS if plain_file(folder / one)), None)
    if name is None:
        raise UnusableError(Words(
            f"不是一份问效报告的文件夹（如 reports/2021/某项目）：里面没有 {MANIFEST}，也没有 {PROVENANCE}。",
            f"This is no folder of a report of Wenxiao (such as reports/2021/project): it has neither {MANIFEST} nor {PROVENANCE}.",
        ))  # fmt: skip
    return parse_listing(name, read_file(folder / name))


def parse_listing(name: str, content: bytes) -> Listing:
    """Read a list from its content.

    Raises:
        UnusableError: it is none of ours.
    """
    try:
        about = json.loads(content)
        files, inputs = about["files"], about["inputs"]
        ours = about["schema"] == _SCHEMAS[name] and isinstance(inputs, dict) and isinstance(files, dict)
        if not ours or not {RECORD, PARAMS} <= files.keys() or not all(map(_is_entry, files, files.values())):
            raise ValueError(name)
        year, stem = about.get("year"), about.get("stem")
        return Listing(
            name, files, inputs, about.get("python"),
            year if isinstance(year, int) else None, stem if isinstance(stem, str) else None,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnusableError(Words(
            f"{name} 读不出，或不是问效写的。", f"{name} can't be read, or was not written by Wenxiao.",
        )) from None  # fmt: skip


def _is_entry(name: object, digest: object) -> bool:
    return bool(
        isinstance(name, str)
        and _PLAIN.fullmatch(name)
        and isinstance(digest, str)
        and _HASH.fullmatch(digest)
    )


def plain_file(path: Path) -> bool:
    """Tell whether a path is a file itself: no link, which could point anywhere on this machine, no device."""
    return path.is_file() and not path.is_symlink()


def read_file(path: Path) -> bytes:
    """Give a file's content; of a very large one only the beginning, which is enough to differ from any of ours.

    Raises:
        UnusableError: it can't be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST)
    except OSError as error:
        raise UnusableError(Words(
            f"{path.name} 读不了（{reason(error).zh}）。", f"{path.name} can't be read ({reason(error).en}).",
        )) from None  # fmt: skip


def hash_file(path: Path) -> str:
    """Give a file's SHA-256 (OSError when it can't be read)."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

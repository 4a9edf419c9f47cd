"""manifest.json of a published report: what it was made from, and the hash of each file that is published.

It holds neither time nor machine nor path: the same report gives the same manifest wherever it was made. Its own hash
stands in the year's log.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from wenxiao.publishing.published import DOWNLOADS, MANIFEST
from wenxiao.running.storage.base import digest

SCHEMA: Final = "wenxiao/manifest/1"
FACTS: Final = ("evaluation.json", "params.yaml", "rubric.yaml")
"""The files that say what is known and what follows from it: where one changes, the report is corrected."""


def published_files(provenance: Mapping[str, Any]) -> dict[str, str]:
    """Give name → SHA-256 of a report folder's files that are published, sorted by name."""
    made: Mapping[str, str] = provenance["files"]
    return {name: made[name] for name in sorted(DOWNLOADS) if name in made and name != MANIFEST}


def manifest_text(year: int, stem: str, provenance: Mapping[str, Any]) -> str:
    """Give the manifest.json of a report from its provenance.json: UTF-8, two spaces, one final newline."""
    about = {
        "schema": SCHEMA,
        "year": year,
        "stem": stem,
        "inputs": provenance["inputs"],
        "python": provenance["python"],
        "files": published_files(provenance),
    }
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def manifest_hash(text: str) -> str:
    """Give the SHA-256 of a manifest, as the log holds it."""
    return digest(text.encode())


def facts_changed(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Tell whether what a report says has changed between the files of two manifests, and not only its form."""
    return any(before.get(name) != now.get(name) for name in FACTS)

"""Many samples in a folder, with the list of what was planted in them."""

import errno
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from wenxiao.sampling.making import YEAR, Sample


def write_samples(out: Path, many: Iterator[Sample], year: int = YEAR) -> dict[str, int]:
    """Write projects to ``out/<year>/<stem>.yaml`` and what was planted to ``out/faults.jsonl``; give the counts.

    A line of faults.jsonl is ``{"file", "code", "severity", "where", "change"}``, the file relative to ``out``. A fault
    may bring others with it (points of 110 leave no total); only what was planted is listed.

    Raises:
        FileExistsError: ``out`` holds a year's folder or a faults.jsonl already; nothing is overwritten.
    """
    folder, listed = out / str(year), out / "faults.jsonl"
    for there in (folder, listed):
        if there.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(there))
    folder.mkdir(parents=True)
    counts = {"projects": 0, "faults": 0}
    with listed.open("x", encoding="utf-8", newline="\n") as log:
        for one in many:
            path = folder / f"{one.stem}.yaml"
            _write(path, one.text)
            for fault in one.planted:
                line = {"file": f"{year}/{path.name}", **asdict(fault)}
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
            counts["projects"] += 1
            counts["faults"] += len(one.planted)
    return counts


def _write(path: Path, text: str) -> None:
    """Write a file whole; of one that could not be finished nothing stays, and the error names it."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise

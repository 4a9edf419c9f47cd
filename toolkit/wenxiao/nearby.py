"""A file that is not there: which one was probably meant."""

import difflib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wenxiao.faults import fault
from wenxiao.words import Words

_MOST: Final = 3
_LIKE: Final = 0.7
_MOST_FOLDERS: Final = 100


def not_found(path: Path) -> tuple[Words, Words]:
    """Give what is said of a file that is not there: that, and which one was probably meant."""
    if like := files_like(path):
        return fault("not_found_near", better="、".join(like), better_en=" or ".join(like))
    return fault("not_found")


def files_like(path: Path) -> list[str]:
    """Give paths of files or folders that may have been meant by one that does not exist, best first; often none.

    A path counted from the workspace and used below it (a notebook in ``notebooks/`` that opens ``params/…``) is
    found from there, one used above it (after ``wenxiao init``, before ``cd``) in the workspace; a name with a slip in it
    is found among its neighbours.
    """
    found: list[str] = []
    if not path.is_absolute():
        above = (Path(*[".."] * up, path) for up in range(1, min(4, len(Path.cwd().parts))))
        found += [one.as_posix() for one in above if one.exists()][:1]
        found += [one.as_posix() for one in _below(path)][:1]
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if not one.name.startswith("."))
    except OSError:
        return found
    close = difflib.get_close_matches(path.name, beside, _MOST, _LIKE)
    return [*found, *((path.parent / name).as_posix() for name in close)]


def _below(path: Path) -> Iterator[Path]:
    """Give the same path as counted from a folder in the working folder; of very many folders the first are looked into."""
    try:
        folders = [
            one for one in itertools.islice(Path().iterdir(), _MOST_FOLDERS) if not one.name.startswith(".")
        ]
        yield from (one / path for one in sorted(folders) if (one / path).exists())
    except OSError:
        return

"""A file that is not there: which one was probably meant."""

import difflib
from pathlib import Path
from typing import Final

_MOST: Final = 3
_LIKE: Final = 0.7


def files_like(path: Path) -> list[str]:
    """Give paths of files or folders that may have been meant by one that does not exist, best first; often none.

    A path counted from the workspace and used below it (a notebook in ``notebooks/`` that opens ``params/…``) is
    found from there; a name with a slip in it is found among its neighbours.
    """
    found: list[str] = []
    if not path.is_absolute():
        above = (Path(*[".."] * up, path) for up in range(1, min(4, len(Path.cwd().parts))))
        found += [one.as_posix() for one in above if one.exists()][:1]
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if not one.name.startswith("."))
    except OSError:
        return found
    close = difflib.get_close_matches(path.name, beside, _MOST, _LIKE)
    return [*found, *((path.parent / name).as_posix() for name in close)]

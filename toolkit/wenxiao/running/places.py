"""Where things stand: the template, the schema, and the files of a batch."""

from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
STARTER = PACKAGE / "starter"
TEMPLATE = "self_evaluation.ipynb"


def starter_file(name: str, home: str) -> Path:
    """Give a file that an installed wheel carries in ``starter`` and a checkout holds under ``home``."""
    carried = STARTER / name
    return carried if carried.is_file() else PACKAGE.parent.parent / home / name


def template_path() -> Path:
    """Give the template: that of the workspace in the working folder, else the package's own."""
    here = Path("notebooks") / TEMPLATE
    return here.resolve() if here.is_file() else own_template()


def own_template() -> Path:
    """Give the package's own template."""
    return starter_file(TEMPLATE, "notebooks")


def params_files(paths: Iterable[str]) -> tuple[list[Path], list[str]]:
    """Give the params files of files, folders (all ``*.yaml`` below) and globs, and the paths that hold none."""
    found: dict[Path, None] = {}
    nothing: list[str] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            here = sorted(p for p in path.rglob("*.yaml") if p.is_file())
        elif any(c in given for c in "*?[") and not path.exists():
            here = sorted(Path(path.anchor or ".").glob(given.removeprefix(path.anchor)))
        else:
            here = [path]
        if not here:
            nothing.append(given)
        found.update(dict.fromkeys(here))
    return list(found), nothing

"""House rules: what is said of the project is true of it."""

import ast
import json
import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import wenxiao
from helpers import ROOT

PACKAGE = ROOT / "toolkit" / "wenxiao"
CORE = (
    "visible", "words", "errors", "faults", "money", "numerals", "target", "steps", "model", "evaluation", "methods", "funds", "measuring", "scoring",
    "fitness", "findings", "explaining", "regulation",
)  # fmt: skip
# A module may import only from its own rank or a lower one.
RANKS = [
    {"words", "above", "fonts", "document", "drawing", "visible"}, {"archives", "errors", "faults", "money", "nearby"}, {"numerals"}, {"target", "model", "composing"}, {"overriding"}, {"steps", "loading"}, {"rubric", "writing"},
    {"evaluation", "methods", "regulation"}, {"funds"}, {"measuring"}, {"scoring"}, {"fitness"}, {"findings", "explaining"}, {"checking", "tables", "charts", "narrative", "sarif", "sampling", "portfolio"},
    {"comparing"}, {"report", "rendering", "importing"}, {"exploring"},
    {"running", "lab"}, {"publishing"}, {"cli"}, {"__init__", "__main__"},
]  # fmt: skip
READMES = ("README.md", "README.zh-CN.md")


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield parts[0], path


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "wenxiao":
                yield from (alias.name for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def rank(name):
    return next(i for i, names in enumerate(RANKS) if name in names)


def test_imports_point_one_way():
    for name, path in modules():
        if name == "__init__":
            continue
        for module in imported(path):
            if module.startswith("wenxiao."):
                assert rank(module.split(".")[1]) <= rank(name), f"{path.name} imports {module}"


def test_the_core_is_pure():
    foreign = {
        "pandas",
        "matplotlib",
        "IPython",
        "jupyter_client",
        "papermill",
        "os",
        "time",
        "pathlib",
        "random",
    }
    for name, path in modules():
        if name in CORE:
            allowed = {"errors": {"pathlib"}, "words": {"os"}}.get(
                name, set()
            )  # a type of path, a type of environment
            assert not {m.split(".")[0] for m in imported(path)} & (foreign - allowed), path


def test_notebooks_hold_no_outputs():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [c for c in cells if c.get("outputs") or c.get("execution_count")]
        assert [c["metadata"].get("tags") for c in cells].count(["parameters"]) == 1


def test_exported_names_exist_and_are_sorted():
    assert sorted(wenxiao.__all__) == wenxiao.__all__
    for name in wenxiao.__all__:
        assert getattr(wenxiao, name).__doc__, name


def test_exporters_are_entry_points():
    found = {
        e.name: e.load() for e in entry_points(group="nbconvert.exporters") if e.name.startswith("wenxiao-")
    }
    assert {name: e.export_from_notebook for name, e in found.items()} == {
        "wenxiao-docx": "Word（公文格式）", "wenxiao-html": "HTML（公开页面）", "wenxiao-pdf": "PDF（公文格式）",
    }  # fmt: skip


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_only_what_is_there(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / path).exists(), path
    tree = re.search(r"```text\n(.*?)```", text, re.S)[1]
    for line in tree.splitlines():
        if name := line.split("  ")[0].strip():
            assert (ROOT / name).exists(), name
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    targets |= {"site", "bench", "prove"}
    for target in re.findall(r"\bmake ([a-z]+)", text):
        assert target in targets, target
    from typer.main import get_command

    from wenxiao.cli import app

    commands = set(get_command(app).commands)
    assert set(re.findall(r"^wenxiao ([a-z]+)", text, re.M)) <= commands


def test_locks_hold_hashes_and_no_addresses():
    for name in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_changelog_has_the_version():
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)[1]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_copy_of_a_file_over_one_megabyte_outside_fonts():
    for path in Path(ROOT / "docs").rglob("*"):
        assert "_build" in path.parts or path.stat().st_size < 1_000_000, path

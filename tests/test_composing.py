"""YAML is read and written quickly only where the result is the careful way's, to the last place and byte."""

import datetime as dt
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import PARAMS, ROOT
from wenxiao import composing
from wenxiao.composing import compose, written
from wenxiao.loading import Sheet, facts, load_project
from wenxiao.writing import facts_text

pytestmark = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML without libyaml")
FILES = [*PARAMS, *sorted((ROOT / "tests" / "bad_params").rglob("*.yaml"))]
PIECES = [
    "\n", "\n\n", " ", "  ", "- ", "-", ": ", ":", "? ", "#", " #", "'", '"', "[", "]", "{", "}", ",", "&a ", "*a", "!x ", "!!str ",
    "!!float", "!!float '8'", "|", "|-", ">", "%", "@", "`", "---\n", "...\n", "\t", "\\", "\\n", "~", "null", "<<: ", "=", "a", "0", "：", "，", "中",
    "\u2028", "\x85", "\ufeff", "\r\n", "\r", "a: b", "k:\n  - x\n", "{a: b}", "[a, b]", "{a:b}", '{"a":b}', "'it''s'", "😀", "1:2", "\n  b\n",
]  # fmt: skip
LETTERS = st.sampled_from([*" \n\t:#-?'\"[]{},&*!|>%@`.01eE+~=<\\/yYnNoO_℃“”（），。—…\u3000\u00a0\u200b\ufeff\x07\x7f\r中文", "- ", ": ", " #", "null", "on", "12:30", "1e3", "0x1f", "2024-01-01", "\n\n", " \n"])  # fmt: skip
TEXTS = st.lists(LETTERS, max_size=25).map("".join) | st.text(max_size=8)
VALUES = st.recursive(
    TEXTS | st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.integers(0, 3000).map(Decimal)
    | st.integers(0, 3000) | st.booleans() | st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
    lambda inside: st.lists(inside, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("abc"), inside),
    max_leaves=8,
)  # fmt: skip


@pytest.fixture(scope="module")
def carefully():
    """Read a text the careful way."""

    def read(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(composing, "_LOADER", None)
            return contents(Sheet("f.yaml", text))

    return read


def contents(sheet):
    return sheet.data, sheet.keys, sheet.values, sheet.problems, sheet.broken


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_read_alike(path, carefully):
    text = path.read_text("utf-8", errors="replace")
    assert contents(Sheet("f.yaml", text)) == carefully(text)


@pytest.mark.filterwarnings("ignore::ruamel.yaml.error.ReusedAnchorWarning")
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_typed_is_read_alike(carefully, data):
    lines = data.draw(st.sampled_from(FILES)).read_text("utf-8", errors="replace").splitlines(keepends=True)
    start = data.draw(st.integers(0, len(lines)))
    text = "".join(lines[start : start + data.draw(st.integers(0, 12))])
    for piece in data.draw(st.lists(st.sampled_from(PIECES), max_size=6)):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + piece + text[place:]
    assert contents(Sheet("f.yaml", text)) == carefully(text)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "- " * 100_000, "".join(" " * n + "a:\n" for n in range(900))]
)
def test_deep_nesting_is_a_fault_and_no_crash(text):
    assert Sheet("f.yaml", text).broken or Sheet("f.yaml", text).problems


def test_a_plain_file_is_read_quickly():
    assert type(compose(PARAMS[0].read_text("utf-8"))).__module__.startswith("yaml.")


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_project_is_written_alike(path):
    project = load_project(path)
    assert facts_text(project) == composing._carefully_written(facts(project))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("kmn"), VALUES, min_size=1))
def test_whatever_is_stated_is_written_alike(data):
    assert written(data) == composing._carefully_written(data)

"""The log of everything published: it only grows, forgets names without losing its roots, and shows what was changed."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxiao.publishing import merkle
from wenxiao.publishing.ledger import (
    Erased,
    Ledger,
    LogError,
    leaf_of,
    line_text,
    read_heads,
    read_line,
    read_lines,
    root_of,
)
from wenxiao.publishing.published import Entry
from wenxiao.running.storage import LocalStore

DAY = dt.date(2026, 11, 25)
HASH = st.text("0123456789abcdef", min_size=64, max_size=64)
STEM = st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda s: s not in (".", "..")
)
ENTRIES = st.builds(
    Entry, st.just(2021), st.integers(0, 10**6), st.dates(), st.sampled_from(["published", "corrected", "reissued"]),
    st.integers(0, 10**6), STEM, st.none() | HASH, st.none() | HASH, st.none() | st.text(),
)  # fmt: skip


def entry(n, stem="甲", kind="published", report=None, **more):
    manifest = None if kind == "withdrawn" else f"{n:064x}"
    return Entry(2021, n, DAY, kind, n if report is None else report, stem, manifest, **more)


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path)


def logged(store, *entries):
    ledger = Ledger(store)
    for one in entries:
        ledger.add(one)
    ledger.close(DAY)
    return Ledger(store)


@given(ENTRIES)
def test_a_line_is_read_as_it_was_written(line):
    text = line_text(line)
    assert "\n" not in text
    assert read_line(2021, text) == line
    assert leaf_of(line) == merkle.leaf_hash(text.encode())


@given(st.text())
def test_nothing_else_is_taken_for_a_line(text):
    with pytest.raises(ValueError):
        read_line(2021, text + "{")


@pytest.mark.parametrize("stem", ["../../x", "..", "a/b", "a\\b", ""])
def test_a_line_that_leads_elsewhere_is_none(stem):
    with pytest.raises(ValueError):
        read_line(2021, line_text(entry(0, stem)))


def test_lines_are_appended_and_heads_with_them(store):
    logged(store, entry(0), entry(1, "乙"))
    before = (store.root / "log/2021.jsonl").read_bytes()
    ledger = logged(store, entry(2, "甲", "corrected", 0, reason="漏了一笔"))
    assert (store.root / "log/2021.jsonl").read_bytes().startswith(before)
    heads = read_heads(store.root / "log/2021.heads")
    lines = read_lines(store.root / "log/2021.jsonl")
    assert [head.size for head in heads] == [2, 3]
    assert [head.root for head in heads] == [root_of(lines[:2]), root_of(lines)]
    assert [one.n for one in ledger.history(2021, "甲")] == [0, 2]
    assert list(ledger.live()) == [(2021, "乙"), (2021, "甲")]


def test_closing_without_a_new_line_writes_nothing(store):
    logged(store, entry(0))
    before = {path: path.stat().st_mtime_ns for path in (store.root / "log").iterdir()}
    Ledger(store).close(DAY + dt.timedelta(1))
    assert before == {path: path.stat().st_mtime_ns for path in (store.root / "log").iterdir()}


def test_a_withdrawn_report_leaves_hashes_and_every_root_holds(store):
    logged(store, entry(0, "secret-base"), entry(1, "乙"))
    logged(store, entry(2, "secret-base", "corrected", 0, reason="秘密的原因"))
    ledger = logged(store, entry(3, None, "withdrawn", 0, reason="D502"))
    text = (store.root / "log/2021.jsonl").read_text(encoding="utf-8")
    assert "secret" not in text
    assert "秘密" not in text
    lines = read_lines(store.root / "log/2021.jsonl")
    assert [isinstance(line, Erased) for line in lines] == [True, False, True, False]
    for head in read_heads(store.root / "log/2021.heads"):
        assert root_of(lines[: head.size]) == head.root
    assert list(ledger.live()) == [(2021, "乙")]
    assert [one.reason for one in ledger.changes()] == ["D502"]
    again = logged(store, entry(4, "secret-base"))
    assert [one.n for one in again.history(2021, "secret-base")] == [4]


@pytest.mark.parametrize("change", ["digit", "order", "dropped", "reason"])
def test_what_was_changed_by_another_hand_is_refused(store, change):
    logged(store, entry(0), entry(1, "乙"), entry(2, "丙"))
    path = store.root / "log/2021.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if change == "digit":
        lines[1] = lines[1].replace(f"{1:064x}", f"{7:064x}")
    elif change == "order":
        lines[0], lines[1] = lines[1], lines[0]
    elif change == "dropped":
        lines.pop()
    else:
        lines[2] = lines[2].replace('"reason":null', '"reason":"x"')
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(LogError) as error:
        Ledger(store)
    assert "2021.jsonl" in error.value.text("zh")
    assert "2021.jsonl" in error.value.text("en")


def test_a_line_that_a_killed_process_left_unfinished_goes(store):
    logged(store, entry(0))
    path = store.root / "log/2021.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + json.dumps({"n": 1, "date": "2026"}).encode())
    ledger = Ledger(store)
    assert path.read_bytes() == whole
    ledger.add(entry(1, "乙"))
    assert path.read_bytes() == whole + (line_text(entry(1, "乙")) + "\n").encode()

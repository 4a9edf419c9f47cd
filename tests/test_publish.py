"""``wenxiao publish``: what goes on a site, what stays off it, and that a reader never finds half a report."""

import datetime as dt
import gzip
import hashlib
import json
import os
import re
import shutil
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from report_folders import FACTS, SANCTIONED, made, params_file, sealed
from wenxiao.cli import app
from wenxiao.publishing import dividing
from wenxiao.publishing.building import Order, publish
from wenxiao.publishing.building.crew import in_order
from wenxiao.publishing.building.feeds import sitemaps
from wenxiao.publishing.building.names import LONGEST, Names
from wenxiao.publishing.building.search import SearchError
from wenxiao.publishing.gate import KNOWN
from wenxiao.publishing.ledger import Year, read_lines
from wenxiao.publishing.published import DOWNLOADS, MANIFEST
from wenxiao.publishing.settings import Settings, load_settings
from wenxiao.running.storage import LocalStore

DAY = "2026-11-25"
STEMS = ("canal", "clinic", "视频会议")
SECRET = SANCTIONED | {"classification": "secret"}


def facts(name, year=2021, **changes):
    about = FACTS["project"] | {"name": name, "year": year}
    return FACTS | {"project": about} | changes


def report(reports, stem, name, *formats, **changes):
    params = params_file(reports.parent / "params", facts(name, **changes), stem)
    return made(params, reports, *(formats or ("html",)))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Three reports, and the site of them: made once, copied for each test."""
    root = tmp_path_factory.mktemp("published")
    for stem, name in zip(STEMS, ("灌区渠道维修", "乡镇卫生院设备购置", "视频会议系统建设"), strict=True):
        report(root / "reports", stem, name)
    assert command(root).exit_code == 0
    return root


@pytest.fixture(autouse=True)
def no_sync(monkeypatch):
    """Nobody pulls the plug here: what other tests write need not reach the disk."""
    monkeypatch.setattr(os, "sync", lambda: None, raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def root(first, tmp_path):
    shutil.copytree(first, tmp_path / "w")
    return tmp_path / "w"


def command(root, *more, date=DAY, language="en"):
    given = ["--lang", language, "publish", str(root / "reports"), "-o", str(root / "site")]
    return CliRunner().invoke(app, [*given, "--date", date, *map(str, more)])


def files(site, inside=True):
    """Path → bytes of all that is on a site."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.relative_to(site).parts[0] != ".wenxiao"
    }


def stamps(site):
    """Path → what changes when a file is written."""
    found = ((path, path.stat()) for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): (s.st_ino, s.st_mtime_ns, s.st_size) for path, s in found}


def touched(before, after):
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def sums(site):
    lines = (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {path: found for found, _, path in (line.partition("  ") for line in lines)}


def assert_whole(site):
    """SHA256SUMS tells of every file, and the log of every report."""
    listed, there = sums(site), files(site)
    del there["SHA256SUMS"]
    there.pop("SHA256SUMS.sig", None)
    assert listed == {path: hashlib.sha256(content).hexdigest() for path, content in there.items()}
    assert not (site / ".wenxiao.lock").exists()
    assert {path.name for path in (site / ".wenxiao").iterdir()} == {"state.json"}


def changed(root, stem="canal", **changes):
    """Make a report again with other facts."""
    return report(root / "reports", stem, "灌区渠道维修", **changes)


BUDGET = {"amount_unit": "万元", "total": {"original": "100", "adjusted": "100", "outturn": "90"}}


# --- what is published ---


def test_a_site_of_three_reports(root):
    site = root / "site"
    assert_whole(site)
    for stem in STEMS:
        folder = site / "2021" / stem
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for name, found in about["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == found
            assert (folder / name).read_bytes() == (root / "reports/2021" / stem / name).read_bytes()
        assert (folder / "index.html").is_file()
        assert not (folder / "provenance.json").exists()
    lines = read_lines(site / "log/2021.jsonl")
    assert [(line.n, line.stem, line.kind) for line in lines] == [
        (n, stem, "published") for n, stem in enumerate(STEMS)
    ]
    assert [line.manifest for line in lines] == [
        hashlib.sha256((site / "2021" / stem / MANIFEST).read_bytes()).hexdigest() for stem in STEMS
    ]


def test_what_is_published_is_what_the_gate_can_look_into():
    assert set(DOWNLOADS) - {MANIFEST} <= KNOWN


def test_a_manifest_holds_neither_time_nor_machine(root):
    text = (root / "site/2021/canal" / MANIFEST).read_text(encoding="utf-8")
    provenance = json.loads((root / "reports/2021/canal/provenance.json").read_text(encoding="utf-8"))
    assert json.loads(text)["inputs"] == provenance["inputs"]
    for secret in ("started", "seconds", "platform"):
        assert str(provenance[secret]) not in text.replace(provenance["python"], "")


def test_nothing_on_the_site_tells_of_machine_or_place(first):
    words = [str(first), str(Path.cwd()), f"{Path.home()}/"]
    words += [socket.gethostname()] if len(socket.gethostname()) > 5 else []
    for path, content in files(first / "site").items():
        if path.startswith("pagefind/"):
            content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        for word in words:
            assert word.encode() not in content, path


def test_the_second_time_nothing_is_written(root):
    before = stamps(root / "site")
    done = command(root, date="2026-12-01")
    assert done.exit_code == 0
    assert "unchanged 3" in done.stdout
    assert "nothing was written" in done.stdout
    assert stamps(root / "site") == before
    assert "没有写任何文件" in command(root, language="zh").stdout


def test_the_same_reports_and_day_give_the_same_bytes(root, first, tmp_path):
    for stem in reversed(STEMS):
        shutil.copytree(root / "reports/2021" / stem, tmp_path / "again/reports/2021" / stem)
    assert command(tmp_path / "again").exit_code == 0
    assert files(tmp_path / "again/site") == files(first / "site")


def test_a_site_is_made_again_from_its_log(root, first):
    for path in (root / "site").iterdir():
        if path.name != "log":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert command(root, date="2026-12-24").exit_code == 0
    assert files(root / "site") == files(first / "site")


def test_after_one_more_report_the_others_stand_untouched(root):
    report(root / "reports", "road", "农村公路养护", year=2022)
    before = stamps(root / "site")
    done = command(root, date="2026-12-01")
    assert done.exit_code == 0
    now = touched(before, stamps(root / "site"))
    assert not [path for path in now if path.startswith(("2021/", "assets/", "how/", "log/2021"))]
    assert {"2022/road/index.html", "2022/road/report.html", "index.html", "atom.xml", "SHA256SUMS"} <= now
    assert {"data/projects.csv", "data/scores.csv", "log/2022.jsonl", "log/2022.heads"} <= now
    assert_whole(root / "site")


def test_of_a_changed_report_its_folder_and_what_lists_it_is_written(root):
    changed(root, budget=BUDGET)
    before = stamps(root / "site")
    assert command(root, "--because", "漏记一笔支出", date="2026-12-01").exit_code == 0
    now = touched(before, stamps(root / "site"))
    assert not [path for path in now if path.startswith(("2021/clinic", "2021/视频会议", "assets/", "how/"))]
    assert {"2021/canal/report.html", "index.html", "corrections/index.html", "log/2021.jsonl"} <= now


@pytest.fixture
def halves(root, monkeypatch):
    """The search index of the site in two parts: the clinic in the first, the others in the second."""
    monkeypatch.setattr(dividing, "MOST", 2)
    (root / "site/.wenxiao/state.json").unlink()  # as after an update: all is looked at anew
    assert command(root).exit_code == 0
    assert_whole(root / "site")
    return root


def test_a_search_index_in_parts_holds_each_report_once_and_what_a_browser_runs_once(halves):
    index = halves / "site/pagefind"
    shown = [gzip.decompress(path.read_bytes()).decode() for path in index.glob("**/*.pf_fragment")]
    assert [sum(f'"/2021/{stem}/index.html"' in text for text in shown) for stem in STEMS] == [1, 1, 1]
    assert len(list((index / "fragment").iterdir())) == 1
    assert [path.parent.name for path in index.rglob("*.js")] == ["pagefind"] * 2
    assert [path.parent.name for path in index.rglob("wasm*")] == ["pagefind"]
    assert 'data-parts="2"' in (halves / "site/search/index.html").read_text(encoding="utf-8")


def test_a_search_index_in_parts_is_the_same_the_second_time_and_on_a_new_site(halves):
    before, index = stamps(halves / "site"), files(halves / "site/pagefind")
    assert "nothing was written" in command(halves).stdout
    assert stamps(halves / "site") == before
    shutil.rmtree(halves / "site/pagefind")
    assert command(halves).exit_code == 0
    assert files(halves / "site/pagefind") == index


def test_a_correction_makes_its_own_part_of_the_search_index_anew(halves):
    changed(halves, budget=BUDGET)
    before = stamps(halves / "site")
    assert command(halves, "--because", "漏记一笔支出", date="2026-12-01").exit_code == 0
    now = {path for path in touched(before, stamps(halves / "site")) if path.startswith("pagefind/")}
    assert now
    assert all(path.startswith("pagefind/1/") for path in now)
    assert_whole(halves / "site")


def test_without_the_search_indexer_the_error_says_what_to_install(root, monkeypatch):
    def none(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("wenxiao.publishing.building.search.version", none)
    (root / "site/.wenxiao/state.json").unlink()
    order = Order(root / "reports", root / "site", Settings(), dt.date(2026, 11, 25))
    with pytest.raises(SearchError, match=re.escape('pip install "wenxiao[publish]"')):
        publish(order, lambda _: None)


def test_a_site_that_shrinks_has_its_search_index_in_one_part_again(halves, first, monkeypatch):
    monkeypatch.setattr(dividing, "MOST", 3)
    (halves / "site/.wenxiao/state.json").unlink()
    assert command(halves).exit_code == 0
    assert files(halves / "site") == files(first / "site")


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=60), st.integers(1, 9))
def test_parts_of_a_search_index_hold_all_and_none_is_empty(numbers, most):
    places = [f"2021/p{number}" for number in numbers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dividing, "MOST", most)
        parts = dividing.divided(places)
        assert sorted(place for part in parts for place in part) == sorted(places)
        assert all(parts)
        larger = dividing.divided([*places, "2022/another"])
    if len(larger) == len(parts):
        assert [set(part) - {"2022/another"} for part in larger] == [set(part) for part in parts]


def test_parts_of_a_large_search_index_stay_small():
    for count in (2_000, 2_001, 10_000, 40_000):
        parts = dividing.divided(f"2021/p{number}" for number in range(count))
        assert max(map(len, parts)) <= 1.1 * dividing.MOST
        assert len(parts) <= max(1, 2 * count / dividing.MOST)


def test_a_report_that_is_no_longer_at_hand_stays(root, first):
    shutil.rmtree(root / "reports/2021/clinic")
    assert command(root).exit_code == 0
    assert files(root / "site") == files(first / "site")
    report(root / "reports", "road", "农村公路养护", year=2022)
    assert command(root).exit_code == 0
    assert (root / "site/2021/clinic/index.html").is_file()
    assert "乡镇卫生院设备购置" in (root / "site/data/projects.csv").read_text(encoding="utf-8-sig")


# --- corrections, reissues, withdrawals ---


def test_other_figures_need_a_reason(root, first):
    changed(root, budget=BUDGET)
    done = command(root)
    assert done.exit_code == 1
    assert "G715" in done.stderr
    assert "--because" in done.stderr
    assert files(root / "site") == files(first / "site")


def test_a_correction_is_written_down_and_the_earlier_version_kept(root):
    site = root / "site"
    earlier = {name: (site / "2021/canal" / name).read_bytes() for name in ("evaluation.json", MANIFEST)}
    changed(root, budget=BUDGET)
    assert command(root, "--because", "漏记一笔支出", date="2026-12-01").exit_code == 0
    line = read_lines(site / "log/2021.jsonl")[-1]
    assert (line.kind, line.stem, line.report, line.reason) == ("corrected", "canal", 0, "漏记一笔支出")
    assert line.previous == hashlib.sha256(earlier[MANIFEST]).hexdigest()
    assert {path.name: path.read_bytes() for path in (site / "2021/canal/history/0").iterdir()} == earlier
    assert "漏记一笔支出" in (site / "corrections/index.html").read_text(encoding="utf-8")
    assert "漏记一笔支出" in (site / "atom.xml").read_text(encoding="utf-8")
    changed(root)
    assert command(root, "--because", "原来的数字没有错", date="2026-12-02").exit_code == 0
    assert sorted(path.name for path in (site / "2021/canal/history").iterdir()) == ["0", "3"]
    assert_whole(site)


def test_the_same_facts_made_anew_are_reissued(root):
    folder = root / "reports/2021/canal"
    page = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").write_text(page.replace("</body>", "<p>新版式</p></body>"), encoding="utf-8")
    sealed(folder)
    done = command(root, date="2026-12-01")
    assert done.exit_code == 0
    assert "reissued 1" in done.stdout
    line = read_lines(root / "site/log/2021.jsonl")[-1]
    assert (line.kind, line.reason) == ("reissued", None)
    assert_whole(root / "site")


def test_a_secret_report_goes_and_leaves_no_name(root):
    changed(root, disclosure=SECRET)
    done = command(root, date="2026-12-01")
    assert done.exit_code == 1
    assert "withdrawn  2021/canal" in done.stderr
    assert "D502" in done.stderr
    for path, content in files(root / "site").items():
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        for word in ("灌区渠道维修", "灌区", "canal"):
            assert word.encode() not in content, path
            assert word not in path
    assert "灌区" not in (root / "site/.wenxiao/state.json").read_text(encoding="utf-8")
    assert "canal" not in (root / "site/.wenxiao/state.json").read_text(encoding="utf-8")
    line = read_lines(root / "site/log/2021.jsonl")[-1]
    assert (line.kind, line.stem, line.reason) == ("withdrawn", None, "D502")
    assert "2021-00001" in (root / "site/corrections/index.html").read_text(encoding="utf-8")
    assert_whole(root / "site")
    before = stamps(root / "site")
    assert command(root, date="2026-12-02").exit_code == 1
    assert stamps(root / "site") == before


def test_a_withdrawn_report_can_come_back_as_a_new_one(root):
    changed(root, disclosure=SECRET)
    command(root)
    changed(root)
    assert command(root, date="2026-12-01").exit_code == 0
    about = (root / "site/2021/canal/index.html").read_text(encoding="utf-8")
    assert "2021-00005" in about
    assert_whole(root / "site")


def test_a_damaged_folder_takes_nothing_off_the_site(root, first):
    (root / "reports/2021/canal/evaluation.json").write_text("{", encoding="utf-8")
    done = command(root)
    assert done.exit_code == 1
    assert "G700" in done.stderr
    assert files(root / "site") == files(first / "site")


@pytest.mark.parametrize("damage", ["changed", "missing", "foreign"])
def test_a_folder_that_is_just_being_made_takes_nothing_off_the_site(root, first, damage):
    page = root / "reports/2021/canal/report.html"
    if damage == "changed":
        page.write_text("half", encoding="utf-8")
    elif damage == "missing":
        page.unlink()
    else:
        (page.parent / "notes.txt").write_text("x", encoding="utf-8")
    (root / "site/.wenxiao/state.json").unlink()
    done = command(root)
    assert done.exit_code == 1
    assert "refused (the site keeps its earlier version)  2021/canal" in done.stderr
    assert files(root / "site") == files(first / "site")


@pytest.mark.parametrize(
    "path", ["2021/canal/report.html", "2021/canal/chart-1.svg", "2021/canal/index.html", "2021/canal/manifest.json", "how/index.html", "data/scores.csv", "pagefind/pagefind.js"],
)  # fmt: skip
def test_what_is_missing_on_the_site_comes_back(root, first, path):
    (root / "site" / path).unlink()
    assert command(root).exit_code == 0
    assert files(root / "site") == files(first / "site")


def test_what_cannot_come_back_is_told(root):
    changed(root, budget=BUDGET)
    assert command(root, "--because", "漏记一笔支出").exit_code == 0
    (root / "site/2021/canal/history/0/evaluation.json").unlink()
    done = command(root)
    assert done.exit_code == 2
    assert "history" in done.stderr
    shutil.rmtree(root / "reports/2021/clinic")
    (root / "site/2021/clinic/report.html").unlink()
    done = command(root)
    assert done.exit_code == 2
    assert "clinic" in done.stderr


def test_a_site_without_its_log_is_left_alone(root):
    shutil.rmtree(root / "site/log")
    shutil.rmtree(root / "reports/2021/clinic")
    before = stamps(root / "site")
    done = command(root)
    assert done.exit_code == 2
    assert "log" in done.stderr
    assert stamps(root / "site") == before


def test_no_line_of_the_sums_leads_out_of_the_site(root, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    with (root / "site/SHA256SUMS").open("a") as file:
        file.write(f"{0:064x}  ../../victim.txt\n{0:064x}  {victim}\n")
    report(root / "reports", "road", "农村公路养护")
    assert command(root).exit_code == 0
    assert victim.is_file()
    assert_whole(root / "site")


# --- interruptions ---


class Steps:
    """Counts the steps that change what stands on the disk; the process dies before step number ``last``."""

    def __init__(self, monkeypatch, last=None):
        self.count, self.last = 0, last
        for name in ("rename", "replace", "unlink", "write_bytes"):
            monkeypatch.setattr(Path, name, self.step(getattr(Path, name)))
        monkeypatch.setattr(shutil, "rmtree", self.step(shutil.rmtree))
        monkeypatch.setattr(Year, "add", self.step(Year.add, half_a_line))

    def step(self, original, dying=lambda *_: None):
        def call(*given, **named):
            if self.count == self.last:
                dying(*given)
                os._exit(9)
            self.count += 1
            return original(*given, **named)

        return call


def half_a_line(year, _):
    with year.path.open("ab") as file:
        file.write(b'{"n":')


def in_a_child(action):
    """Run something in a process of its own; give its exit code."""
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_publication_killed_anywhere_leaves_each_report_old_or_new(root, monkeypatch, tmp_path):
    old = {stem: files(root / "site/2021" / stem) for stem in STEMS}
    changed(root, budget=BUDGET)
    changed(root, "clinic", disclosure=SECRET)
    report(root / "reports", "road", "农村公路养护")
    shutil.copytree(root / "site", tmp_path / "before")
    order = Order(root / "reports", root / "site", Settings(), dt.date(2026, 12, 1), "漏记一笔支出")

    def run(*_):
        publish(order, lambda _: None)

    with monkeypatch.context() as patch:
        steps = Steps(patch)
        run()
    whole = files(root / "site")
    new = {stem: files(root / "site/2021" / stem) for stem in (*STEMS, "road")}
    states = set()
    for last in sorted({*range(0, steps.count, max(1, steps.count // 12)), steps.count - 1}):
        shutil.rmtree(root / "site")
        shutil.copytree(tmp_path / "before", root / "site")
        with monkeypatch.context() as patch:
            Steps(patch, last)
            assert in_a_child(run) == 9
        for stem in (*STEMS, "road"):
            there = files(root / "site/2021" / stem)
            assert there in (old.get(stem, {}), new[stem], {}), f"{stem} is torn after {last} steps"
            states.add((stem, there == new[stem]))
        run()
        assert files(root / "site") == whole, f"not completed after {last} steps"
        assert_whole(root / "site")
    assert {("canal", True), ("canal", False), ("clinic", True), ("road", True), ("road", False)} <= states


def test_two_publications_exclude_each_other(root, first):
    with LocalStore(root / "site").lock():
        done = command(root, language="zh")
    assert done.exit_code == 2
    assert "正由" in done.stderr
    assert files(root / "site") == files(first / "site")


def test_reports_that_change_meanwhile_are_not_published(root, first, monkeypatch):
    report(root / "reports", "road", "农村公路养护")
    from wenxiao.publishing.building import placing

    original = placing._copy

    def late(source, target, expected):
        source.write_bytes(source.read_bytes() + b" ")
        original(source, target, expected)

    monkeypatch.setattr(placing, "_copy", late)
    done = command(root)
    assert done.exit_code == 2
    assert "publish again" in done.stderr
    assert not (root / "site/2021/road").exists()
    assert not [line for line in read_lines(root / "site/log/2021.jsonl") if line.stem == "road"]


@pytest.mark.parametrize("pool", [None, 4])
def test_shared_work_comes_back_in_order(pool):
    items = [(n, n if n % 3 else None) for n in range(300)]
    with ThreadPoolExecutor(pool) if pool else nullcontext() as crew:
        assert list(in_order(crew, str, items)) == [(n, str(n) if n % 3 else None) for n in range(300)]


def test_many_at_once_give_the_same_site(root, tmp_path):
    for n in range(30):
        shutil.copytree(root / "reports/2021/canal", root / f"reports/2021/canal{n}")
    sites = [tmp_path / str(jobs) for jobs in (1, 2)]
    for jobs, site in enumerate(sites, 1):
        order = Order(root / "reports", site, Settings(), dt.date(2026, 11, 25), jobs=jobs)
        assert publish(order, lambda _: None).counts == {"published": 33}
    assert files(sites[0]) == files(sites[1])


# --- names ---


@pytest.mark.parametrize(
    "stem",
    ["..", ".hidden", "-rf", "a/b", "a\\b", "con", "NUL", "com1.txt", "index.html", "a.", "a b", "a\u202eb", "x" * (LONGEST + 1), "a\u0301", "a%2fb", "a\n", "", "<b>"],
)  # fmt: skip
def test_names_that_no_address_can_have(stem):
    assert Names().refuse(2021, stem).code == "G713"


def test_twins_do_not_collide():
    names = Names([(2021, "Canal")])
    assert names.refuse(2021, "canal").code == "G714"
    assert names.refuse(2021, "ＣＡＮＡＬ").code == "G714"
    assert names.refuse(2021, "Canal") is None
    assert names.refuse(2022, "canal") is None


@given(st.lists(st.text(max_size=12), max_size=12))
def test_every_name_that_is_taken_stays_in_its_folder(stems):
    names, taken = Names(), []
    for stem in stems:
        if names.refuse(2021, stem) is None:
            names.take(2021, stem)
            taken.append(stem)
    for stem in taken:
        assert (Path("/site/2021") / stem).resolve() == Path("/site/2021") / stem
    assert len({stem.casefold() for stem in taken}) == len({*taken})


def test_twins_among_the_reports_are_refused(root):
    if (root / "reports/2021/CANAL").exists():
        pytest.skip("this disk holds no twins")
    shutil.copytree(root / "reports/2021/canal", root / "reports/2021/CANAL")
    done = command(root)
    assert done.exit_code == 1
    assert "G714" in done.stderr
    assert_whole(root / "site")


def test_a_link_is_not_followed(root, tmp_path):
    report(root / "reports", "road", "农村公路养护")
    page = root / "reports/2021/road/report.html"
    shutil.copy(page, tmp_path / "elsewhere.html")
    page.unlink()
    page.symlink_to(tmp_path / "elsewhere.html")
    assert command(root).exit_code in (1, 2)
    assert not (root / "site/2021/road").exists()


def test_a_name_of_ten_thousand_characters_and_hostile_marks(root):
    name = "<script>alert(1)</script>\u202e=cmd|' /C calc'!A0]]>&" + "长" * 10_000
    folder = report(root / "reports", "long", name)
    done = command(root, "--base-url", "https://x.example/")
    assert folder.is_dir()
    assert done.exit_code in (0, 1)
    if done.exit_code == 0:
        feed = ET.parse(root / "site/atom.xml").getroot()
        assert "\u202e" not in "".join(feed.itertext())
        assert_whole(root / "site")


# --- the command ---


def test_lines_for_machines(root):
    changed(root, budget=BUDGET)
    report(root / "reports", "road", "农村公路养护")
    done = command(root, "--json")
    *lines, total = map(json.loads, done.stdout.splitlines())
    assert {line["stem"]: line["status"] for line in lines} == {
        "canal": "refused", "clinic": "unchanged", "road": "published", "视频会议": "unchanged",
    }  # fmt: skip
    assert [one["code"] for line in lines for one in line["refusals"]] == ["G715"]
    assert (total["published"], total["refused"], total["reports"]) == (1, 1, 4)


def test_days_that_remain(root):
    done = CliRunner().invoke(
        app, ["--lang", "zh", "publish", "--approved", "2022-04-01", "--date", "2022-04-18"]
    )
    assert done.exit_code == 0
    assert "还有 3 天" in done.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--date", "2026-11-24"), "before the newest line of the log"),
        (("--date", "25.11.2026"), "2022-04-01"),
        (("--base-url", "www.example.gov.cn"), "whole address"),
        (("--because", " "), "--because"),
        (("--because", "张三 13874512345 打电话来更正"), "--because is published"),
        (("--sign", "nokey"), "nokey"),
        (("--settings", "nosuch.yaml"), "nosuch.yaml"),
    ],
)
def test_usage(root, first, more, said):
    done = command(root, *more)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files(root / "site") == files(first / "site")


def test_a_folder_that_holds_something_else_is_no_site(root, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/thesis.txt").write_text("x")
    done = CliRunner().invoke(
        app, ["--lang", "en", "publish", str(root / "reports"), "-o", str(tmp_path / "home")]
    )
    assert done.exit_code == 2
    assert "neither empty nor a site" in done.stderr
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["thesis.txt"]


def test_files_of_the_publisher_at_the_root_stay(root):
    (root / "site/CNAME").write_text("x")
    report(root / "reports", "road", "农村公路养护")
    assert command(root).exit_code == 0
    assert (root / "site/CNAME").is_file()
    assert "CNAME" not in sums(root / "site")


def test_settings_have_all_their_faults_at_once(tmp_path):
    path = tmp_path / "site.yaml"
    path.write_text("titel: x\nbase_url: ftp://x\nabout: ''\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["--lang", "en", "publish", str(tmp_path), "--settings", str(path)])
    assert done.exit_code == 2
    for line in ("site.yaml:1", "site.yaml:2", "site.yaml:3"):
        assert line in done.stderr
    path.write_text("title: 甲县绩效公开\nindex_prefix: '012'\n", encoding="utf-8")
    assert load_settings(path).index(2021, 4) == "012/2021-00005"


def test_other_settings_change_every_page_and_no_report(root):
    before = stamps(root / "site")
    (root / "site.yaml").write_text(
        "title: 甲县绩效公开\nbase_url: https://www.example.gov.cn/jx\n", encoding="utf-8"
    )
    assert command(root, "--settings", root / "site.yaml").exit_code == 0
    now = touched(before, stamps(root / "site"))
    assert {"index.html", "2021/canal/index.html", "sitemap.xml"} <= now
    assert not now & {f"2021/canal/{name}" for name in DOWNLOADS}
    places = [one.text for one in ET.parse(root / "site/sitemap.xml").findall(".//{*}loc")]
    assert "https://www.example.gov.cn/jx/2021/%E8%A7%86%E9%A2%91%E4%BC%9A%E8%AE%AE/index.html" in places
    assert_whole(root / "site")
    assert command(root).exit_code == 0
    assert not (root / "site/sitemap.xml").exists()


def test_the_feed_is_atom_and_its_links_lead_to_pages(root):
    feed = ET.parse(root / "site/atom.xml").getroot()
    ns = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", ns)
    assert len(entries) == 3
    assert len({one.find("a:id", ns).text for one in entries}) == 3
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert one.find(f"a:{name}", ns).text
    from urllib.parse import unquote

    for link in feed.iter("{http://www.w3.org/2005/Atom}link"):
        assert (root / "site" / unquote(link.get("href"))).is_file()


def test_a_sitemap_of_too_many_addresses_is_divided():
    parts = dict(sitemaps("https://x.example/", ((f"a{n}.html", None) for n in range(100_001))))
    assert list(parts) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    counts = [len(ET.fromstring(parts[name])) for name in parts]
    assert counts == [3, 50_000, 50_000, 1]


def test_a_signature_goes_when_it_no_longer_holds(root, tmp_path):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    from wenxiao.publishing.signing import private_key, verify

    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    (tmp_path / "key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    assert command(root, "--sign", tmp_path / "key").exit_code == 0
    signature = root / "site/SHA256SUMS.sig"
    verify(
        (root / "site/SHA256SUMS").read_bytes(),
        signature.read_text(),
        private_key(tmp_path / "key").public_key(),
    )
    before = stamps(root / "site")
    assert command(root).exit_code == 0
    assert command(root, "--sign", tmp_path / "key").exit_code == 0
    assert stamps(root / "site") == before
    report(root / "reports", "road", "农村公路养护")
    done = command(root)
    assert "signature" in done.stderr
    assert not signature.exists()


def test_an_evaluation_that_was_changed_on_the_site_is_put_back_or_told(root):
    """Tables and pages are made from it: what another hand wrote there must not get into them."""
    record = root / "site" / "2021" / "canal" / "evaluation.json"
    good, data = record.read_bytes(), json.loads(record.read_bytes())
    for one in data["indicators"]:
        del one["subcategory"]
    for content in (json.dumps(data), "{", good.decode().replace('"120', '"121')):
        record.write_text(content, encoding="utf-8")
        assert command(root).exit_code == 0
        assert record.read_bytes() == good
    shutil.rmtree(root / "reports" / "2021" / "canal")
    record.write_text(json.dumps(data), encoding="utf-8")
    done = command(root, "--settings", params_of_settings(root), language="zh")
    assert (done.exit_code, "evaluation.json 不在，或已损坏" in done.output) == (2, True), done.output


def params_of_settings(root):
    """Give other settings of the site, so that all its pages and tables are made again."""
    path = root / "other.yaml"
    path.write_text("title: 另一个名称\n", encoding="utf-8")
    return path


def test_a_folder_that_is_no_report_is_told_in_whole_sentences(root):
    (root / "reports" / "old").mkdir()
    assert "“old”不是年份。报告按 <年份>/<项目>/ 存放" in command(root, language="zh").output

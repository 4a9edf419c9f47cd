"""The pages of a site without a browser: what they show, what they link to, how large they get, and when they are made."""

import datetime as dt
import hashlib
import json
import os
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from helpers import ROOT
from report_folders import FACTS, SANCTIONED, made, params_file
from wenxiao import fonts as bundle
from wenxiao.publishing.building import Order, publish
from wenxiao.publishing.pages import fonts, home, listdata, lists, others, site_pages
from wenxiao.publishing.pages.answers import spent, worked
from wenxiao.publishing.pages.changes import Change, changes
from wenxiao.publishing.pages.frame import MOST_BYTES
from wenxiao.publishing.pages.project import findings
from wenxiao.publishing.pages.report import Achievement, achievement, body_of, read_report
from wenxiao.publishing.published import Entry, Row, Site
from wenxiao.publishing.settings import Settings

DAY = dt.date(2026, 11, 25)
ASSETS = Path(fonts.__file__).parent / "assets"
HOSTILE = '</script><script>owned=1</script><img src=x onerror="owned=1"><style>*{display:none}</style>\u202e反\u2067转'


def row(n, **changes):
    about = {
        "year": 2019 + n % 6, "stem": f"p{n:05}", "report": n, "index": f"{n}", "name": f"第{n}号道路维修工程" + "续建" * 12,
        "unit": "某县某某镇人民政府某某服务中心" * 2, "department": f"第{n % 40}局", "region": "某省某市某县", "rubric": "mof-2020",
        "original": None, "adjusted": Decimal(n * 12345), "outturn": Decimal(n * 12000), "rate": Decimal(n % 120), "total": None if n % 7 == 0 else Decimal(n % 100),
        "grade": (None, "优", "良", "中", "差")[n % 5], "first": DAY, "last": DAY, "corrections": n % 11 == 0, "key": f"key {n}",
    }  # fmt: skip
    return Row(**(about | changes))


def site_of(rows, log=(), **settings):
    ordered = tuple(sorted(rows, key=lambda one: (one.year, one.stem)))
    return Site(Settings(**settings), ordered, tuple(log), DAY, lambda _: pytest.fail("no report is needed"))


def of_lists(site):
    """Every page that follows from rows and log alone."""
    yield from home.home_pages(site)
    yield from others.other_pages(site)


@pytest.fixture(scope="module", autouse=True)
def no_sync():
    """Nobody pulls the plug here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None, raising=False)
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A site with a correction, a withdrawal, and a report whose every field is hostile."""
    root = tmp_path_factory.mktemp("pages")

    def report(stem, name, *formats, **more):
        facts = FACTS | {"project": FACTS["project"] | {"name": name}} | more
        return made(params_file(root / "params", facts, stem), root / "reports", *(formats or ("html",)))

    def go(day, because=None):
        heard = []
        publish(
            Order(root / "reports", root / "site", Settings(publisher="某县财政局"), day, because),
            heard.append,
        )
        assert not [one.refusals for one in heard if one.status == "refused"]

    indicators = [one | {"name": f"{one['name']}{HOSTILE}"} for one in FACTS["indicators"]]
    hostile = {
        "project": FACTS["project"] | dict.fromkeys(("name", "unit", "department", "region"), HOSTILE),
        "objectives": [{"planned": HOSTILE, "actual": HOSTILE}], "indicators": indicators,
        "narrative": dict.fromkeys(FACTS["narrative"], HOSTILE), "signed": FACTS["signed"] | {"unit": HOSTILE},
    }  # fmt: skip
    report("canal", "灌区渠道维修", "html", "pdf")
    report("secret", "不该公开的项目")
    report("hostile", HOSTILE, **hostile)
    go(DAY)
    report("secret", "不该公开的项目", disclosure=SANCTIONED | {"classification": "secret"})
    report(
        "canal",
        "灌区渠道维修",
        "html",
        "pdf",
        budget=FACTS["budget"] | {"total": {"adjusted": "100", "outturn": "90"}},
    )
    go(dt.date(2026, 12, 1), "全年执行数多计 10 万元")
    return root / "site"


class Reader(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, path):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(path.read_text(encoding="utf-8") if isinstance(path, Path) else path)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


# --- a site as it stands -------------------------------------------------------------------------------------------


def test_every_link_leads_somewhere(published):
    pages = {path: Reader(path) for path in published.rglob("*.html") if path.name != "report.html"}
    assert len(pages) > 40
    ids = {path: [a["id"] for _, a in page.tags if "id" in a] for path, page in pages.items()}
    for path, page in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for _, attributes in page.tags:
            address = attributes.get("href") or attributes.get("src")
            if not address or address.startswith(("data:", "http")):
                continue
            place, _, mark = unquote(address).partition("#")
            target = (path.parent / place).resolve() if place else path
            assert target.is_file(), f"{path}: {address}"
            assert not mark or mark in ids[target], f"{path}: {address}"


def test_pages_hold_no_code_of_others_and_leave_no_way_out(published):
    for path in published.rglob("*.html"):
        if path.name == "report.html":
            continue
        text = path.read_text(encoding="utf-8")
        page = Reader(text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), path
        assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)], path
        assert not [t for t, _ in page.tags if t in ("style", "base", "iframe", "object")], path
        scripts = [a for t, a in page.tags if t == "script"]
        assert all(re.search(r"(assets|list/data)/\w+\.js$", a["src"]) for a in scripts), path
        policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
        assert ("'wasm-unsafe-eval'" in policy) == (path.parent.name == "search")
        assert len(text.encode()) <= MOST_BYTES


def test_a_project_answers_four_questions(published):
    words = Reader(published / "2021" / "canal" / "index.html").words
    for said in (
        "花了多少钱",
        "90 万元",
        "年初预算数：未填报",
        "执行率 90.00%",
        "维修渠道8公里",
        "99.00",
        "某县水利局，2022年4月20日签署",
    ):
        assert said in words, said
    for label in (
        "索引号",
        "发布机构",
        "主题分类",
        "名称",
        "生成日期",
        "发布日期",
        "更新日期",
        "公开方式",
        "有效性",
    ):
        assert label in words
    assert "wenxiao verify report.pdf" in words


def test_a_correction_says_what_changed(published):
    page = Reader(published / "2021" / "canal" / "index.html")
    words = " ".join(page.words.split())
    assert "更正 。原因：全年执行数多计 10 万元" in words.replace("更正。", "更正 。")
    assert "全年执行数 100 万元 90 万元" in words.replace(
        "全年执行数100 万元90 万元", "全年执行数 100 万元 90 万元"
    )
    assert any("history/" in a.get("href", "") for _, a in page.tags)
    assert "全年执行数多计 10 万元" in Reader(published / "corrections" / "index.html").words
    assert "已更正" in Reader(published / "index.html").words


def test_a_withdrawn_report_leaves_no_name(published):
    words = Reader(published / "corrections" / "index.html").words
    assert "撤回" in words
    assert "原因：D502（" in words
    for path in published.rglob("*"):
        assert "secret" not in path.name
        if path.suffix in (".html", ".js", ".csv", ".xml", ".json"):
            assert "不该公开的项目" not in path.read_text(encoding="utf-8"), path


def test_charts_stand_beside_the_page(published):
    folder = published / "2021" / "canal"
    sources = [a["src"] for t, a in Reader(folder / "index.html").tags if t == "img"]
    assert sources == sorted(path.name for path in folder.glob("chart-*"))
    assert len(sources) == 3
    assert all((folder / name).read_bytes().startswith(b"<svg") for name in sources)


# --- one report ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canal(tmp_path_factory):
    root = tmp_path_factory.mktemp("canal")
    folder = made(params_file(root, FACTS), root / "reports", "html")
    return folder, json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))


def test_what_is_not_stated_is_not_zero(canal):
    _, record = canal
    shown = spent(
        record
        | {
            "budget": record["budget"]
            | {"original": None, "adjusted": "0", "outturn": "0", "execution_rate": None}
        }
    )
    assert (shown.original, shown.rate, shown.bar, shown.over) == ("未填报", "", "0.0", "")
    shown = spent(record | {"budget": record["budget"] | {"adjusted": "100", "outturn": "120"}})
    assert (shown.over, shown.bar) == ("20", "100.0")


def test_a_missing_total_says_why(canal):
    _, record = canal
    shown = worked(
        record | {"total": None, "grade": None, "reason": "有指标没有写分值。"}, Achievement((), ())
    )
    assert (shown.total, shown.grade, shown.reason) == ("", "", "有指标没有写分值。")
    shown = worked(record, Achievement(("产出指标 1 项",), tuple("甲乙丙丁戊")))
    assert (shown.total, shown.grade_key, shown.more_missed) == ("100.00", "excellent", 2)


def test_what_was_reached_is_said_in_the_words_of_the_report(canal):
    folder, _ = canal
    found = achievement(read_report(folder))
    assert found.sentences[0] == "产出指标 1 项：达到指标值 1 项，未达到 0 项。"
    assert found.missed == ()


def test_findings_are_shown_with_their_answers(canal):
    one = {
        "code": "B101",
        "severity": "error",
        "where": "budget",
        "message": "不符",
        "remedy": "改",
        "acknowledged": "表下注 2",
    }
    known, unknown = findings({"findings": [one, one | {"code": "Z999", "acknowledged": None}]})
    assert (known.title, known.kind, known.answer) == ("执行率与金额不符", "note", "表下注 2")
    assert (unknown.known, unknown.kind, unknown.answer) == (False, "error", "")


def test_a_report_too_long_for_a_page_is_linked(canal, monkeypatch):
    report = read_report(canal[0])
    whole = body_of(report)
    assert whole.complete
    assert "<details" in whole.html
    monkeypatch.setattr("wenxiao.publishing.pages.report.MOST_BYTES", len(whole.html.encode()) - 1)
    shorter = body_of(report)
    assert not shorter.complete
    assert "<details" not in shorter.html
    assert shorter.charts == whole.charts
    monkeypatch.setattr("wenxiao.publishing.pages.report.MOST_BYTES", 100)
    assert (body_of(report).html, body_of(report).charts) == ("", {})


def test_changes_between_versions(canal):
    _, record = canal
    assert changes(record, record) == ()
    rows = [record["indicators"][0] | {"actual": "7公里"}, *record["indicators"][2:], record["indicators"][2]]
    after = record | {"total": None, "indicators": rows}
    assert changes(record, after) == (
        Change("总分", "100.00", "未填报"), Change("“维修渠道长度”实际完成值", "8公里", "7公里"),
        Change("指标“群众满意度”", "没有", "新增"), Change("指标“新增灌溉面积”", "有", "删去"),
    )  # fmt: skip


# --- lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [lists.years, lists.grades, lists.bands, lists.departments])
def test_every_project_stands_in_one_list_of_each_kind(group):
    rows = [
        row(
            n,
            department=None if n % 9 == 0 else f"第{n % 40}局",
            rate=None if n % 13 == 0 else Decimal(n % 120),
        )
        for n in range(500)
    ]
    listings = group(rows)
    assert sorted(one.stem for listing in listings for one in listing.rows) == [one.stem for one in rows]
    assert len({listing.folder for listing in listings}) == len(listings)


@pytest.mark.parametrize("order", lists.ORDERS, ids=lambda one: one.part or "year")
def test_pages_of_a_list_hold_every_row_in_order(order):
    listing = lists.everything([row(n) for n in range(250)])
    parts = [rows for _, rows in listing.parts(order)]
    assert [len(part) for part in parts] == [100, 100, 50]
    told = [one for part in parts for one in part]
    assert len({one.stem for one in told}) == 250
    values = [getattr(one, {"": "year", "amount": "adjusted"}.get(order.part, order.part)) for one in told]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known  # what is not stated stands last, not as zero
    assert known == sorted(known, reverse=order.part in ("", "amount"))


def test_ten_thousand_projects_keep_every_page_small():
    rows = [row(n, department=f"某县第{n % 2500}局" + "乡村振兴" * 12) for n in range(10_000)]
    site = site_of(rows)
    pages = {page.path: page for page in of_lists(site)}
    chosen = [
        "index.html",
        "list/index.html",
        "list/department/index.html",
        "list/all/amount/index.html",
        "list/all/100.html",
        "list/year/2021/index.html",
    ]
    for path in chosen:
        assert 5_000 < len(pages[path].make()) <= MOST_BYTES, path
    shards = [(name, listdata.shard_text(name, part)) for name, part in listdata.shards(site.rows)]
    assert sum(text.count("\n[") for _, text in shards) == 10_000
    assert all(len(text.encode()) <= MOST_BYTES for _, text in shards)
    assert len(listdata.index_text(site.rows, [name for name, _ in shards]).encode()) <= MOST_BYTES


def test_list_data_is_inert():
    text = listdata.shard_text("2021-1", [row(1, name=HOSTILE + "\u2028", year=2021)])
    assert not re.search("[<>&\u2028\u202e]", text)
    values = json.loads(re.fullmatch(r"wenxiaoRows\((.*)\);\n", text, re.S)[1].join("[]"))
    assert values[0] == "2021-1"
    assert values[2][0][1].startswith("</script><script>owned")


# --- when a page is made -------------------------------------------------------------------------------------------

CHANGED = {
    "a row": lambda rows: [replace(rows[0], name="改名", key="other"), *rows[1:]],
    "a row more": lambda rows: [*rows, row(200)],
    "a row less": lambda rows: rows[1:],
    "another department": lambda rows: [replace(rows[0], department="新局", key="other"), *rows[1:]],
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_page_that_changes_has_another_key(change):
    rows = [row(n) for n in range(130)]
    log = [Entry(2021, 5, DAY, "corrected", 1, "p00001", "a", "b", "数字有误")]
    before = {page.path: (page.key, page.make()) for page in of_lists(site_of(rows, log))}
    after = {page.path: (page.key, page.make()) for page in of_lists(site_of(CHANGED[change](rows), log))}
    both = before.keys() & after.keys()
    changed = {path for path in both if before[path][1] != after[path][1]}
    assert changed
    assert not [path for path in changed if before[path][0] == after[path][0]]
    assert len([path for path in both if before[path][0] == after[path][0]]) > 10


def test_settings_and_log_change_keys_too():
    rows = [row(n) for n in range(30)]
    entry = Entry(row(1).year, 5, DAY, "corrected", 1, "p00001", "a", "b", "数字有误")
    sites = [
        site_of(rows),
        site_of(rows, title="另一个名称"),
        site_of(rows, [entry]),
        site_of(rows, [replace(entry, kind="reissued")]),
    ]
    made_ = [{page.path: (page.key, page.make()) for page in of_lists(one)} for one in sites]
    for other in made_[1:]:
        changed = [path for path in made_[0] if made_[0][path][1] != other[path][1]]
        assert "corrections/index.html" in changed
        assert not [path for path in changed if made_[0][path][0] == other[path][0]]


def test_a_site_without_reports_has_all_its_pages():
    pages = {page.path: page.make() for page in site_pages(site_of([]))}
    assert {
        "index.html",
        "list/index.html",
        "how/index.html",
        "corrections/index.html",
        "search/index.html",
        "data/index.html",
        "404.html",
    } <= pages.keys()
    assert "<b>0</b> 个" in pages["index.html"].decode()


def test_404_works_at_any_address_when_the_site_knows_its_own():
    def page(**settings):
        return (
            next(one for one in of_lists(site_of([], **settings)) if one.path == "404.html").make().decode()
        )

    assert 'href="https://a.cn/x/assets/site.css"' in page(base_url="https://a.cn/x/")
    assert 'href="assets/site.css"' in page()


# --- style, script, fonts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["site.js", "search.js"])
def test_scripts_run_in_old_browsers(name):
    text = re.sub(r"(?s)/\*.*?\*/", "", (ASSETS / name).read_text(encoding="utf-8"))
    newer = r"\?\.|\?\?|\*\*|\basync\b|\bawait\b|\.flat\(|\.replaceAll\(|\.at\(|\bexport\b|catch \{|\.\.\."
    assert not re.findall(newer, text)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|\.style\b", text)


def test_style_needs_no_new_browser():
    text = (ASSETS / "site.css").read_text(encoding="utf-8")
    assert not re.findall(
        r":has\(|:is\(|:where\(|@container|@layer|\b(?:clamp|min|max)\(|aspect-ratio|inset:|\n\s*&", text
    )
    assert not re.findall(r"url\((?!\")|https?:|@import", text)
    flex = [rule for rule in re.findall(r"\{([^{}]*)\}", text) if "display:flex" in rule]
    assert flex
    assert not [rule for rule in flex if "gap:" in rule]  # of grids only: flex has it from Chromium 84 on


def test_font_slices_are_those_recorded_and_hold_all_of_the_font():
    from fontTools.ttLib import TTFont

    for one in fonts.slices():
        assert hashlib.sha256((fonts.FOLDER / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    with TTFont(bundle.FOLDER / "FandolHei-Regular.otf", lazy=True) as font:
        has = {code for code in font.getBestCmap() if code >= 0x20}
    held = {ord(c) for one in fonts.slices() for c in one.get("characters", "")}
    for one in fonts.slices():
        if "range" in one:
            first, last = (int(end, 16) for end in one["range"].removeprefix("U+").split("-"))
            held |= set(range(first, last + 1))
    assert has <= held
    heads = [set(one["characters"]) for one in fonts.slices() if "characters" in one]
    assert sum(map(len, heads)) == len(set().union(*heads))


def test_frequent_characters_come_first():
    """What the site itself says is nearly all in the head slices: a machine without Chinese fonts loads little."""
    head = "".join(one.get("characters", "") for one in fonts.slices())
    texts = [path.read_text(encoding="utf-8") for path in (ASSETS.parent / "templates").glob("*.j2")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "params").rglob("*.yaml")]
    characters = [c for c in "".join(texts) if "\u4e00" <= c <= "\u9fff"]
    assert sum(c in head for c in characters) > 0.97 * len(characters)

"""A small site in a real browser: accessible, silent, usable by keyboard, without scripts, from a folder, and on paper."""

import dataclasses
import datetime as dt
import functools
import http.server
import io
import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from browsers import chromium
from helpers import ROOT
from report_folders import FACTS, SANCTIONED, made, params_file
from wenxiao import fonts
from wenxiao.publishing import dividing
from wenxiao.publishing.building import Order, publish
from wenxiao.publishing.pages import lists
from wenxiao.publishing.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HOSTILE = '</script><script>window.owned=1</script><img src=x onerror="window.owned=1"><style>*{display:none}</style>\u202e反转'
RARE = "㙦䶮乡卫生室"
NAMES = {
    "canal": "灌区渠道维修", "clinic": "乡镇卫生院设备购置", "video": "应急视频会议系统建设", "road": "铜坡乡高标准农田建设",
    "hostile": HOSTILE, "long": "长" * 5000 + "W" * 5000, "rare": RARE,
}  # fmt: skip
KINDS = {
    "home": "index.html", "project": "2021/canal/index.html", "unscored": "2022/zhongfang-disabled-rehab/index.html",
    "hostile": "2021/hostile/index.html", "long": "2021/long/index.html", "directory": "list/index.html",
    "list": "list/year/2021/index.html", "ordered": "list/all/rate/index.html", "how": "how/index.html",
    "rubric": "how/rubrics/hubei-20-80.html", "finding": "how/findings/B101.html", "corrections": "corrections/index.html",
    "search": "search/index.html#q=视频会议", "data": "data/index.html", "404": "404.html",
}  # fmt: skip
WIDTHS = (1280, 768, 390, 320)
"""320 is also what 1280 leaves at 400 % zoom."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site with a correction and a withdrawal; lists of four rows have orders already."""
    root = tmp_path_factory.mktemp("site")

    def report(stem, **more):
        about = FACTS["project"] | {"name": NAMES[stem]}
        facts = FACTS | {"project": about} | more
        return made(
            params_file(root / "params", facts, stem),
            root / "reports",
            "html",
            *(["pdf"] if stem == "canal" else []),
        )

    def go(day, because=None):
        publish(
            Order(root / "reports", root / "sites" / "wx", Settings(publisher="某县财政局"), day, because),
            lambda _: None,
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None, raising=False)
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(lists, "SHORT", 3)
        for stem in NAMES:
            more = {"narrative": dict.fromkeys(FACTS["narrative"], NAMES[stem])} if stem == "hostile" else {}
            report(stem, **more)
        made(ROOT / "params" / "2022" / "zhongfang-disabled-rehab.yaml", root / "reports", "html")
        go(dt.date(2026, 11, 25))
        report("canal", budget=FACTS["budget"] | {"total": {"adjusted": "100", "outturn": "90"}})
        report("clinic", disclosure=SANCTIONED | {"classification": "secret"})
        go(dt.date(2026, 12, 1), "全年执行数多计 10 万元")
    return root / "sites"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def base(folder):
    """The site's address, below a path of the server."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/wx/"
        server.shutdown()


@pytest.fixture(scope="module")
def in_parts(folder, base):
    """The address of the same site with its search index in two parts, as a site of thousands of reports has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None, raising=False)
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(dividing, "MOST", 4)
        order = Order(folder.parent / "reports", folder / "parts", Settings(), dt.date(2026, 12, 1))
        publish(order, lambda _: None)
    assert [path.name for path in (folder / "parts/pagefind").iterdir() if path.name.isdigit()] == ["1"]
    return base.replace("/wx/", "/parts/")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Chromium on a machine without a Chinese font."""
    home = tmp_path_factory.mktemp("fonts")
    (home / "only").mkdir()
    shutil.copy(fonts.FOLDER / "WenxiaoMono-Regular.ttf", home / "only")
    with chromium(home, home / "only") as started:
        yield started


@dataclasses.dataclass
class Heard:
    """A page, and what it said and asked for."""

    page: object
    said: list
    asked: list


@pytest.fixture
def opened(browser):
    """Open pages that are listened to."""
    contexts = []

    def open_(address, wait="load", **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        heard = Heard(page, [], [])
        page.on("console", lambda message: heard.said.append(message.text))
        page.on("pageerror", lambda error: heard.said.append(str(error)))
        page.on("request", lambda request: heard.asked.append(request.url))
        page.goto(address, wait_until=wait)
        return heard

    yield open_
    for context in contexts:
        context.close()


def said(page, words):
    """Wait until the number of results is told."""
    from playwright.sync_api import expect

    expect(page.locator("#count")).to_have_text(re.compile(words))


@pytest.mark.parametrize("kind", KINDS)
def test_no_barrier_no_noise_no_scrolling_sideways(opened, base, kind):
    import axe_playwright_python

    axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    heard = opened(base + KINDS[kind], wait="networkidle")
    for width in WIDTHS:
        heard.page.set_viewport_size({"width": width, "height": 900})
        assert heard.page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard.said == []
    assert [url for url in heard.asked if not url.startswith((base, "data:"))] == []
    assert heard.page.evaluate("window.owned") is None
    assert heard.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert heard.page.evaluate("document.querySelectorAll('h1').length") == 1
    heard.page.evaluate(axe)
    for width in (1280, 390) if kind in ("home", "project") else (1280,):
        heard.page.set_viewport_size({"width": width, "height": 900})
        result = heard.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
        )
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result["violations"]] == []
        assert len(result["passes"]) > 15


def test_keyboard_alone_is_enough(opened, base):
    page = opened(base + "index.html").page

    def tab(until, most=80):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("until => document.activeElement.matches(until)", until):
                return page.evaluate("document.activeElement.textContent")
        raise AssertionError(until)

    assert tab("a.skip", 1) == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab("#f-words")
    page.keyboard.type("渠道")
    said(page, "^找到 1 个项目")
    assert page.evaluate("document.getElementById('count').getAttribute('role')") == "status"
    tab("#found th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/canal/index.html")
    assert page.text_content("h1") == NAMES["canal"]
    page.set_viewport_size({"width": 390, "height": 800})
    tab(".report .wide", 120)
    region = "document.activeElement"
    assert page.evaluate(f"{region}.getAttribute('aria-label')").startswith("项目支出绩效自评表")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    assert page.evaluate(f"{region}.scrollLeft") > 20
    page.goto(base + "search/index.html")
    page.wait_for_selector("#search:not([hidden])")
    tab("#s-words")
    page.keyboard.type("视频会议")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li")
    tab("#found a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/video/index.html")


def test_filter_keeps_its_state_in_the_address(opened, base):
    heard = opened(base + "index.html")
    page = heard.page
    page.select_option("#f-year", "2021")
    page.select_option("#f-sort", "rate")
    said(page, "^找到 6 个项目。$")
    assert page.url.endswith("#year=2021&sort=rate")
    assert page.query_selector("#found tbody tr td:nth-of-type(4)").text_content() == "90.00%"
    page.select_option("#f-rate", "90")
    said(page, "^找到 1 个项目。$")
    address = page.url
    page.reload()
    said(page, "^找到 1 个项目。$")
    assert page.url == address
    assert [row.text_content() for row in page.query_selector_all("#found tbody th a")] == [NAMES["canal"]]
    page.fill("#f-words", "没有这样的项目")
    said(page, "^没有符合条件")
    page.click("#filter button")
    said(page, "^共 7 个项目")
    assert page.is_visible("#static")
    assert page.url == base + "index.html"
    assert heard.said == []


def test_filter_of_a_list_begins_with_the_list(opened, base):
    page = opened(base + "list/year/2021/index.html").page
    assert page.input_value("#f-year") == "2021"
    assert page.is_visible("#static")
    page.select_option("#f-year", "2022")
    said(page, "^找到 1 个项目。$")
    assert page.get_attribute("#found th a", "href") == "../../../2022/zhongfang-disabled-rehab/index.html"


def test_marks_in_the_address_leave_the_filter_alone(opened, base):
    page = opened(base + "list/all/rate/index.html#projects").page
    assert page.input_value("#f-sort") == "rate"
    assert page.is_visible("#static")
    page.fill("#f-words", "渠道")
    said(page, "^找到 1 个项目")
    page.focus("a.skip")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    assert page.input_value("#f-words") == "渠道"
    assert page.is_visible("#found")


@pytest.mark.parametrize(
    ("words", "stems"),
    [("视频会议", {"video"}), ("高标准农田建设", {"road"}), ("坡乡高标", {"road"}), ("中方县残联", {"zhongfang-disabled-rehab"}),
     ("2022年度", {"zhongfang-disabled-rehab"}), ("视频会议 2021", {"video"}), ("某县水利局 卫生室", {"rare"}), ("绝不会有的词句", set())],
)  # fmt: skip
@pytest.mark.parametrize("site", ["base", "in_parts"])
def test_search_finds(opened, request, site, words, stems):
    heard = opened(request.getfixturevalue(site) + "search/index.html#q=" + words)
    page = heard.page
    if not stems:
        said(page, "^没有找到")
        return
    said(page, f"^找到 {len(stems)} 份报告")
    page.wait_for_selector("#found li")
    found = [link.get_attribute("href").split("/")[-2] for link in page.query_selector_all("#found li a")]
    assert set(found[: len(stems)]) == stems
    assert heard.said == []


def test_what_is_found_in_all_parts_is_listed_once(opened, in_parts):
    heard = opened(in_parts + "search/index.html#q=自评")
    said(heard.page, "^找到 7 份报告。")
    heard.page.wait_for_selector("#found li:nth-child(7)")
    found = [link.get_attribute("href") for link in heard.page.query_selector_all("#found li a")]
    assert len(found) == len(set(found)) == 7
    assert {address.split("/")[-2] for address in found} == {*NAMES, "zhongfang-disabled-rehab"} - {"clinic"}
    assert all(address.startswith("/parts/") for address in found)
    assert len([url for url in heard.asked if "wasm" in url]) <= 1


def test_search_with_a_part_gone_says_so(opened, in_parts):
    def lost(route):
        route.fulfill(status=404, body="")

    page = opened(in_parts + "404.html").page
    page.context.route("**/pagefind/1/*", lost)
    page.goto(in_parts + "search/index.html#q=视频会议")
    said(page, "^搜索索引没有读到")
    assert page.is_visible("#closed")


def test_everything_but_search_works_without_scripts(opened, base):
    page = opened(base + "index.html", java_script_enabled=False).page
    assert not page.is_visible("#filter")
    page.click("a >> text=执行率低的在前")
    assert page.url == base + "list/all/rate/index.html"
    page.click(f"text={NAMES['canal']}")
    assert page.url == base + "2021/canal/index.html"
    assert page.is_visible("text=花了多少钱")
    page.click("text=更正记录 >> nth=0")
    assert page.is_visible("text=全年执行数多计 10 万元")
    page.click("nav >> text=搜索")
    assert page.is_visible("text=全文搜索需要浏览器运行脚本")
    assert not page.is_visible("#search")


def test_from_a_folder(opened, folder):
    start = (folder / "wx" / "index.html").as_uri()
    heard = opened(start)
    page = heard.page
    page.fill("#f-words", "视频")
    page.wait_for_selector("#found tbody tr")
    page.click("#found th a")
    assert page.text_content("h1") == NAMES["video"]
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth)")
    page.goto((folder / "wx" / "search" / "index.html").as_uri())
    assert page.is_visible("text=从文件夹里直接打开时不能用")
    assert heard.said == []
    assert [url for url in heard.asked if not url.startswith(("file:", "data:"))] == []


def test_no_character_without_a_font(opened, base):
    page = opened(base + "2021/rare/index.html", wait="networkidle").page
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]

    def used(selector):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        return session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]

    assert {font["familyName"]: font["glyphCount"] for font in used("h1 bdi")} == {
        "FandolHei": 4,
        "Wenxiao Gap Serif": 2,
    }
    for selector in (".answers h2", ".report h3", "footer p", ".notice-title", "header nav a"):
        assert all(font["isCustomFont"] for font in used(selector)), selector


def test_on_paper(opened, base):
    from pypdf import PdfReader

    for kind in ("home", "project"):
        page = opened(base + KINDS[kind], wait="networkidle").page
        paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert round(float(paper.pages[0].mediabox.width)) == 595
        assert 1 < len(paper.pages) < 15
        text = "".join(one.extract_text() for one in paper.pages)
        assert "某县财政局" in text
        assert "清除筛选" not in text

"""The page in a real browser: accessible, silent, and readable on a phone."""

from pathlib import Path

import nbformat.v4 as v4
import pytest

from browsers import chromium
from helpers import ROOT
from wenxiao import fonts
from wenxiao.document import Heading, text, to_html
from wenxiao.portfolio import figures
from wenxiao.rendering.html import WenxiaoHTMLExporter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGE = ROOT / "docs" / "gallery" / "xinhuang-video-conference.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("fonts"), fonts.FOLDER) as started:
        yield started


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_page(browser, width, tmp_path):
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=False)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_axe_finds_no_violation(browser):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(PAGE.as_uri())
    assert violations(page) == []
    context.close()


def violations(page):
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    assert len(result["passes"]) > 15
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result["violations"]]


@pytest.fixture(scope="module")
def ranking(tmp_path_factory):
    """A page with one table of the portfolio: rates with and without a value, and a sum below."""
    rows = [("乙局", "3", "9.50%"), ("甲局", "12", "100%"), ("丙局", "1,204", "—")]
    ranked = figures.table(
        "各部门",
        ("部门", "项目数", "执行率"),
        rows,
        (40, 30, 30),
        order="按收到的先后",
        last=("合计", "1,219", "—"),
    )
    shown = [Heading(1, text("组合分析")), Heading(2, text("部门")), ranked]
    cell = v4.new_code_cell(outputs=[v4.new_output("display_data", {"text/html": to_html(shown)})])
    page = tmp_path_factory.mktemp("ranking") / "portfolio.html"
    content, _ = WenxiaoHTMLExporter().from_notebook_node(v4.new_notebook(cells=[cell]))
    page.write_text(content, encoding="utf-8")
    return page


def departments(page):
    return page.locator("tbody tr > :first-child").all_inner_texts()


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("项目数", "丙局 甲局 乙局", "乙局 甲局 丙局"),  # by value, not by digits
        ("执行率", "甲局 乙局 丙局", "乙局 甲局 丙局"),  # what is not stated stands last both ways
        ("部门", "丙局 甲局 乙局", "乙局 甲局 丙局"),  # by pinyin
    ],
)
def test_a_table_of_the_portfolio_sorts_and_the_sum_stays_last(browser, ranking, column, first, second):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(ranking.as_uri())
    head = page.get_by_role("button", name=column)
    orders = []
    for _ in range(3):
        head.click()
        orders.append((" ".join(departments(page)[:3]), departments(page)[3]))
    assert orders == [(first, "合计"), (second, "合计"), ("乙局 甲局 丙局", "合计")]
    assert page.locator("[aria-sort]").count() == 0
    assert said == []
    page.close()


def test_a_sorted_table_is_accessible_and_tells_its_order(browser, ranking):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(ranking.as_uri())
    page.get_by_role("button", name="项目数").click()
    assert page.get_by_role("columnheader", name="项目数").get_attribute("aria-sort") == "descending"
    assert violations(page) == []
    context.close()


def test_a_report_has_no_script():
    assert "<script" not in PAGE.read_text(encoding="utf-8")

"""The page in a real browser: accessible, silent, and readable on a phone."""

from pathlib import Path

import pytest

from browsers import chromium
from helpers import ROOT
from wenxiao import fonts

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
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(PAGE.as_uri())
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result["violations"]] == []
    assert len(result["passes"]) > 20
    context.close()

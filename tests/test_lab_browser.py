"""JupyterLab as an analyst uses it, in a real browser: from the launcher's card to the exported report."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from helpers import ROOT
from lab_server import started, surroundings, workspace
from wenxiao import fonts
from wenxiao.checking import check_file

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.xdist_group("lab")]
OTHERS, WANTED = "2021/xinhuang-video-conference.yaml", "2020/huanggang-soil-water.yaml"

SILENT = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("workspace"), OTHERS, WANTED)
    home = tmp_path_factory.mktemp("home")
    with started(folder, home) as address:
        yield address, folder, home


@pytest.fixture(scope="module")
def page(lab):
    _, _, home = lab
    config = home / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{fonts.FOLDER}</dir><cachedir>{home}/fonts</cachedir></fontconfig>", "utf-8"
    )
    environment = {"FONTCONFIG_FILE": str(config), "HOME": str(home), "LANG": "C.UTF-8"}
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=SILENT, env=environment)
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield page
        chromium.close()


def menu(page, *path):
    """Choose from the menu bar, as its items are written."""
    page.click(f'.lm-MenuBar-itemLabel:text-is("{path[0]}")')
    for label in path[1:-1]:
        page.hover(f'.lm-Menu-itemLabel:text-is("{label}")')
    page.click(f'.lm-Menu-itemLabel:text-is("{path[-1]}")')


def idle(page):
    page.wait_for_selector('#jp-main-statusbar :text("空闲")')


def exported(page, label):
    with page.expect_download() as waiting:
        menu(page, "文件", "保存并导出笔记本为", label)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_from_the_launcher_to_the_report(lab, page):
    address, folder, home = lab
    run = subprocess.Popen(
        [sys.executable, "-m", "wenxiao", "run", f"params/{WANTED}"],
        cwd=folder, env=surroundings(home), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    said, asked = [], []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/lab?reset&token=t")
    page.click('.jp-LauncherCard:has-text("项目绩效自评")')
    first = page.locator(".jp-Notebook .jp-CodeCell").first
    expect(first).to_contain_text(f'params_file = "../params/{OTHERS}"')
    expect(page.locator(".jp-KernelName")).to_have_text("问效")
    idle(page)

    first.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f'params_file = "../params/{WANTED}"\noverrides = {{}}')
    menu(page, "运行", "运行所有单元格")
    page.wait_for_selector(".jp-Notebook :text('数据与规则') >> nth=1")
    evaluation = check_file(ROOT / "params" / WANTED)
    table = page.locator(".jp-OutputArea table:has-text('总分')").first
    expect(table).to_contain_text(f"{evaluation.total:.2f}")

    report = folder / "reports" / Path(WANTED).with_suffix("")
    assert run.wait(60) == 0
    for label, kind in (("问效网页（公开页面）", "html"), ("问效 PDF（公文格式）", "pdf")):
        name, content = exported(page, label)
        assert name == f"自评.{kind}"
        assert content == (report / f"report.{kind}").read_bytes()

    page.locator(".jp-Notebook .jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.insert_text('project.what_if({"budget.total')
    page.keyboard.press("Tab")
    offered = [f"budget.total.{name}" for name in ("adjusted", "original", "outturn")]
    expect(page.locator(".jp-Completer-match")).to_have_text(offered)
    page.keyboard.press("Enter")
    expect(page.locator(".jp-Notebook .jp-CodeCell").last).to_contain_text(f'what_if({{"{offered[0]}')
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("wx.explore(project)")
    page.keyboard.press("Shift+Enter")
    total = page.locator(".wx-total")
    expect(total).to_contain_text(f"{evaluation.total:.2f}")
    page.focus(".wx-outturn-slider [role=slider]")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".wx-outturn input")).to_have_value("9.75")  # of 10, in steps of 0.05
    changed = check_file(ROOT / "params" / WANTED, overrides={"budget.total.outturn": "9.75"})
    expect(total).to_contain_text(f"{changed.total:.2f}")
    assert changed.total < evaluation.total
    slider = page.locator(".wx-outturn-slider [role=slider]")
    expect(slider).to_have_attribute("aria-label", "全年执行数")
    expect(slider).to_have_attribute("aria-valuetext", "9.75")  # the fact, not the place on the scale

    page.locator(".jp-Notebook .jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.insert_text("wx.portfolio([evaluation]).labelled().projects")
    page.keyboard.press("Shift+Enter")
    heads = page.locator("table.dataframe thead th")
    expect(heads.filter(has_text="项目名称")).to_be_visible()
    tallest = max(heads.evaluate_all("all => all.map((one) => one.getClientRects()[0].height)"))
    assert tallest < 60  # no column of single characters

    assert said == []
    assert [url for url in asked if not re.match(rf"(?:{re.escape(address)}|data:|blob:)", url)] == []
    assert list(home.rglob("*.jupyterlab-settings")) == []  # the user's own settings are left alone

    for theme, light in (("JupyterLab 亮色", "true"), ("JupyterLab 暗色", "false")):
        menu(page, "设置", "主题", theme)
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)
        found = Axe().run(page, ".wx-panel").response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        colour, arrow = page.eval_on_selector(
            ".wx-rubric select", "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundImage]"
        )
        assert colour in arrow  # or it is dark on dark
        edge = page.eval_on_selector(".wx-panel .noUi-handle", "e => getComputedStyle(e).borderColor")
        assert edge == "rgb(138, 143, 152)"  # 3:1 on white, where ipywidgets' own is 1.4:1


def test_a_params_file_is_checked_as_it_is_typed(lab, page):
    address, folder, _ = lab
    page.goto(f"{address}/lab/tree/params/{OTHERS}?reset&token=t")
    page.wait_for_selector(".wx-marks-row:has-text('B101')")
    last = len((folder / "params" / OTHERS).read_text("utf-8").splitlines()) + 1
    page.click(".cm-line >> nth=0")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("bugdet: 1")
    row = page.locator(".wx-marks-row:has-text('bugdet')")
    expect(row).to_contain_text("没有 bugdet 这个字段")
    expect(page.locator(".wx-mark-problem")).to_have_text("bugdet: 1")
    page.click(".cm-line >> nth=9")
    row.click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text(f"行 {last}，列 1")
    assert (folder / "params" / OTHERS).read_bytes() == (ROOT / "params" / OTHERS).read_bytes()

    page.click(f'.jp-DirListing-item:has-text("{Path(OTHERS).stem[:10]}")', button="right")
    page.click('.lm-Menu-itemLabel:text-is("用问效打开")')
    page.wait_for_selector('.lm-TabBar-tab.lm-mod-current:has-text("自评-2021-xin")')
    idle(page)  # a server that is ended while it starts a kernel may wait for a thread of its own

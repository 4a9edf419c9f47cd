"""The documentation is true: what it says to do is done, what it links to is there, and its site is complete and quiet."""

import inspect
import itertools
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown_it import MarkdownIt

import wenxiao
from browsers import chromium
from helpers import ROOT
from wenxiao import fonts
from wenxiao.findings import KINDS
from wenxiao.loading import load_project
from wenxiao.rubric import load_rubric, rubric_ids
from written import Block, Reader, blocks, commands, known_options, misspelled

DOCS = ROOT / "docs"
TOP = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
FINDINGS = sorted((DOCS / "findings").glob("*.md"))  # their snippets are run by test_finding_pages
PAGES = TOP + sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts and p not in FINDINGS)
BLOCKS = {page: blocks(page) for page in PAGES}
WITH_CODE = [page for page in PAGES if BLOCKS[page]]
NAMES = {page: page.relative_to(ROOT).as_posix() for page in PAGES + FINDINGS}
EXAMPLES = ("2021/lingling-forestry", "2021/xinhuang-video-conference", "2022/zhongfang-disabled-rehab")


def ident(page):
    return NAMES[page]


# --- what a page says to do ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout with three of the examples and one invented project, and the reports made of them."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in EXAMPLES:
        (folder / "params" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "params" / f"{name}.yaml", folder / "params" / f"{name}.yaml")
    (folder / "params" / "2024").mkdir()
    starter = ROOT / "toolkit" / "wenxiao" / "starter" / "example.yaml"
    shutil.copyfile(starter, folder / "params" / "2024" / "example.yaml")
    shutil.copyfile(ROOT / "params" / "schema.json", folder / "params" / "schema.json")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    (folder / "docs").mkdir()
    shutil.copyfile(DOCS / "site.yaml", folder / "docs" / "site.yaml")
    reader = Reader(folder, folder, "en")
    reader.run(Block("checkout", 0, "sh", "", "", None, False), "wenxiao run params -o reports -j 2")
    return folder


def language_of(page):
    return "zh" if page.name.endswith("zh-CN.md") or "zh" in page.parts or page.name == "rubrics.md" else "en"


@pytest.mark.kernel
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("page", WITH_CODE, ids=ident)
def test_what_the_page_says_works(page, checkout, tmp_path):
    todo = [block for block in BLOCKS[page] if not block.unrun]
    if page.name == "README.zh-CN.md":  # what both say is done once
        done = {block.code for block in BLOCKS[ROOT / "README.md"]}
        todo = [block for block in todo if block.code not in done]
    folder = tmp_path / "work"
    if any(line.startswith("wenxiao init") for block in todo[:1] for line in commands(block)):
        folder.mkdir()
    else:
        shutil.copytree(checkout, folder)
    reader = Reader(folder, tmp_path, language_of(page))
    try:
        for block in todo:
            reader.does(block)
    finally:
        reader.leaves()


ALL = [block for page in PAGES for block in BLOCKS[page]]


@pytest.mark.parametrize("block", ALL, ids=str)
def test_block_is_sound(block, tmp_path):
    if block.kind in ("sh", "text"):
        assert [bad for line in commands(block) for bad in misspelled(line)] == []
    if block.kind == "sh":
        assert subprocess.run(["bash", "-n", "-c", block.code], capture_output=True, text=True).stderr == ""
    elif block.kind == "python":
        compile(block.code, str(block), "exec")
    elif block.kind == "json" and "…" not in block.code:
        json.loads(block.code)
    elif block.kind == "yaml" and not block.role and re.search(r"^schema: wenxiao/", block.code, re.M):
        path = tmp_path / "own.yaml"
        path.write_text(block.code, encoding="utf-8")
        load_rubric(path) if "wenxiao/rubric/1" in block.code else load_project(path)
    assert block.kind in ("sh", "python", "json", "yaml", "text", "jinja"), (
        f"{block}: say what it is written in"
    )


def test_few_blocks_are_not_run():
    unrun = [block for block in ALL if block.unrun]
    assert len(unrun) <= 8, [f"{block}: {block.unrun}" for block in unrun]


# --- links --------------------------------------------------------------------------------------------------------------


def tokens(page):
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def links(page):
    for token in tokens(page):
        target = token.attrs.get("href") or token.attrs.get("src")
        if target:
            yield target
            assert token.type != "image" or token.content.strip(), f"{page}: a picture without words"


def anchors(page):
    """Give the addresses of a page's headings, as code hosts and MyST make them."""
    flow = list(tokens(page))
    for opening, inline in itertools.pairwise(flow):
        if opening.type == "heading_open":
            words = re.sub(r"[`*]", "", inline.content).lower()
            yield re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES + FINDINGS, ids=ident)
def test_links_lead_somewhere(page):
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            assert re.fullmatch(r"(https://|mailto:)[^\s]+", target), target
            continue
        path, _, anchor = unquote(target).partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), target
        if anchor and "<!-- generated:" not in goal.read_text(encoding="utf-8"):
            assert anchor in list(anchors(goal)), target


@pytest.mark.parametrize("page", PAGES, ids=ident)
def test_paths_that_are_named_are_there(page):
    for path in re.findall(
        r"`((?:toolkit|tests|docs|notebooks|\.ci)/[\w./-]+)`", page.read_text(encoding="utf-8")
    ):
        assert (ROOT / path).exists(), path


# --- the site -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as `make docs` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-n",
        "-q",
        "-d",
        folder / "trees",
        DOCS,
        folder / "html",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


class Page(HTMLParser):
    """The addresses on a built page: of its parts, and of what it loads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.loaded, self.language, self.unnamed = set(), [], None, []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.ids.add(said.get("id"))
        if tag == "html":
            self.language = said.get("lang")
        if tag in ("script", "img", "iframe", "source"):
            self.loaded.append(said.get("src") or "")
        if tag == "link" and said.get("rel") not in ("canonical", "next", "prev"):
            self.loaded.append(said.get("href") or "")
        if tag == "img" and not said.get("alt"):
            self.unnamed.append(said.get("src"))


def fields(schema, node, path=""):
    """Give every path of a params file."""
    for name, said in node["properties"].items():
        whole = f"{path}{name}"
        yield whole
        inner = said.get("items", said)
        for one in (inner, *inner.get("anyOf", ())):
            if "$ref" in one:
                many = "[]" if said.get("type") == "array" else ""
                yield from fields(schema, schema["$defs"][one["$ref"].rsplit("/", 1)[1]], f"{whole}{many}.")


def _address(name):
    """Give where a public name is documented: a class stands under its module's name."""
    thing = getattr(wenxiao, name)
    return f"{thing.__module__}.{name}" if inspect.isclass(thing) else f"wenxiao.{name}"


@pytest.mark.xdist_group("docs")
def test_the_reference_is_complete(site):
    schema = json.loads((ROOT / "params" / "schema.json").read_text(encoding="utf-8"))
    wanted = {
        "commands": {name.replace(" ", "-") for name in known_options()},
        "api": {_address(name) for name in wenxiao.__all__ if name != "Decimal"},
        "findings": {f"finding-{code.lower()}" for code in KINDS},
        "rubrics": set(rubric_ids()),
        "params": {
            "params-" + path.replace("[]", "").replace(".", "-").replace("_", "-")
            for path in fields(schema, schema)
        },
    }
    for page, names in wanted.items():
        there = Page(site / "reference" / f"{page}.html").ids
        assert {name for name in names if name not in there} == set(), page
    assert {path.stem for path in (site / "findings").glob("*.html")} >= set(KINDS)


@pytest.mark.xdist_group("docs")
def test_the_site_asks_nobody(site):
    for path in site.rglob("*.html"):
        page = Page(path)
        assert [src for src in page.loaded if re.match(r"(\w+:)?//", src)] == [], path
        assert page.language in ("zh-CN", "en"), path
        assert page.unnamed == [], path
    for path in site.rglob("*.css"):
        assert (
            re.findall(r"@import[^;]*//|url\(['\"]?(?:https?:)?//", path.read_text(encoding="utf-8")) == []
        ), path


@pytest.mark.xdist_group("docs")
def test_what_stands_around_a_page_is_in_its_language(site):
    for page, wanted, other in (
        ("zh/lab", "下一页 本页内容 跳到正文 搜索", "Next"),
        ("en/lab", "Next On this page", "搜索"),
    ):
        text = (site / f"{page}.html").read_text(encoding="utf-8")
        assert [word for word in wanted.split(" ") if word not in text] == []
        assert f">{other}<" not in text
        assert f'"{other}"' not in text


@pytest.mark.xdist_group("docs")
def test_lines_of_chinese_join_without_a_space(site):
    wide = r"[\u4e00-\u9fff，。；：、“”]"
    for path in [*(site / "zh").glob("*.html"), *(site / "findings").glob("*.html")]:
        text = re.sub(r"(?s)<pre.*?</pre>", "", path.read_text(encoding="utf-8"))
        assert re.findall(rf"{wide}\n{wide}", text.split('id="furo-main-content"')[1]) == [], path


@pytest.mark.browser
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_site(site, width, scheme, tmp_path):
    """…of all its rules, whether or not a level of WCAG asks for them."""
    with chromium(tmp_path, fonts.FOLDER) as browser:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name in ("index", "search", "zh/lab", "en/word", "findings/B101", "reference/api"):
            page.goto(f"{(site / name).as_uri()}.html")
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.xdist_group("docs")
def test_the_picture_is_drawn_from_its_text():
    sys.path.insert(0, str(DOCS / "_ext"))
    import pictures

    for source in (DOCS / "pictures").glob("*.txt"):
        kept = source.with_suffix(".svg").read_text(encoding="utf-8")
        assert kept == pictures.drawn(source.read_text(encoding="utf-8"))

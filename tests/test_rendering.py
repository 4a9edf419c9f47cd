import hashlib
import io
import json
import re
import subprocess
from collections import Counter
from types import SimpleNamespace

import nbformat.v4 as v4
import pikepdf
import pytest

from wenxiao.document import RECORD, Cell, Notice, Paragraph, Table, text, to_html
from wenxiao.drawing import Drawing
from wenxiao.rendering import RenderingError
from wenxiao.rendering.grids import column_widths, cuts
from wenxiao.rendering.html import WenxiaoHTMLExporter
from wenxiao.rendering.layout import title_lines
from wenxiao.rendering.lettering import lettered
from wenxiao.rendering.pdf import WenxiaoPDFExporter, _forget
from wenxiao.rendering.tree import NO_ALT

HOSTILE = ["<script>alert(1)</script>", '#panic("x")', "{{x}}", "{% raw %}", "$a$"]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def notebook(*outputs, markdown="# 试点报告\n\n## 一、基本情况\n\n正文。"):
    cells = [v4.new_markdown_cell(markdown)]
    cells += [v4.new_code_cell("…", outputs=[output]) for output in outputs]
    return v4.new_notebook(cells=cells)


def data(**bundle):
    kinds = {"image_svg": "image/svg+xml"}
    return v4.new_output("display_data", {kinds.get(k, k.replace("_", "/", 1)): v for k, v in bundle.items()})


def table(rows, caption="表", head=()):
    return data(text_html=to_html([Table(caption, head, rows)]))


def page(nb):
    return WenxiaoHTMLExporter().from_notebook_node(nb)[0]


def pdf(nb):
    return WenxiaoPDFExporter().from_notebook_node(nb)[0]


def words(content, path):
    """Give the text of a PDF without spaces and zero-width spaces."""
    (path / "x.pdf").write_bytes(content)
    out = subprocess.run(
        ["pdftotext", "-layout", path / "x.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    return re.sub(r"[\s\u200b]", "", out)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_characters_in_both(hostile, tmp_path):
    nb = notebook(
        table(((Cell(hostile),),)), markdown=f"# 甲 {hostile}\n\n{hostile} [点](javascript:alert(1))"
    )
    html = page(nb)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert words(pdf(nb), tmp_path).count(hostile.replace(" ", "")) == 3


def test_everything_an_analyst_adds_comes_out(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"甲": [1.5, 2.25], "乙": ["好", "差"]})
    nb = notebook(
        data(text_html=frame._repr_html_(), text_plain="frame"),
        data(image_png=PNG, text_plain="<Figure>"),
        data(text_plain="纯文本  两格"),
        v4.new_output("stream", name="stdout", text="打印出来的\x1b[31m字\x1b[0m\n"),
        v4.new_output("stream", name="stderr", text="警告不是内容\n"),
        v4.new_output("error", ename="ValueError", evalue="除以零", traceback=["\x1b[31mTraceback\x1b[0m"]),
        data(text_markdown="**粗体**和`代码`\n\n- 项"),
    )
    html, text = page(nb), words(pdf(nb), tmp_path)
    for expected in (
        "1.5",
        "2.25",
        "纯文本",
        "打印出来的字",
        "ValueError",
        "除以零",
        "Traceback",
        "粗体",
        "代码",
    ):
        assert expected in html
        assert expected in text
    assert "警告不是内容" not in html + text
    assert NO_ALT in html


def test_page_is_self_contained_with_a_strict_policy():
    html = page(notebook(table(((Cell("1", align="right"),),)), table(((Cell("2"),),))))
    style = re.search(r"<style>(.*?)</style>", html, re.S)[1]
    import base64

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in html
    assert 'lang="zh-CN"' in html
    assert not re.search(r"<script|https?://|style=|@import|url\(", html)
    assert html.count("<h1") == 1
    labels = re.findall(r'aria-label="([^"]+)"', html)
    assert len(labels) == len(set(labels)) == 2


def test_pdf_declares_and_carries_what_it_should():
    record = json.dumps({"project": {"unit": "甲局"}, "date": "2022-04-20"}) + "\n"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'
    )
    figure = v4.new_output(
        "display_data",
        {"image/svg+xml": svg},
        metadata={"image/svg+xml": {"alt": "一个黑条", "caption": "图一"}},
    )
    head = ((Cell("甲", scope="col"), Cell("乙", scope="col")),)
    content = pdf(
        notebook(
            figure,
            table(((Cell("1"), Cell("2")),), head=head),
            data(text_plain="x"),
            v4.new_output("display_data", {RECORD: record, "text/html": "<p>完</p>"}),
        )
    )
    with pikepdf.open(io.BytesIO(content)) as document:
        about = document.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")
        assert str(document.Root.Lang).lower().startswith("zh")
        assert document.attachments["evaluation.json"].get_file().read_bytes() == record.encode()
        assert "/Outlines" in document.Root
        assert "2022" in str(document.docinfo["/CreationDate"])
        tags, alts, scopes = Counter(), [], []
        walk(document.Root.StructTreeRoot.K, tags, alts, scopes)
    assert tags["/Table"] == 1
    assert tags["/Title"] == 1
    assert alts == ["一个黑条"]
    assert scopes == ["/Column", "/Column"]


def walk(node, tags, alts, scopes):
    """Collect tags, alternative texts and header scopes of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            walk(child, tags, alts, scopes)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        tags[str(node.S)] += 1
        if "/Alt" in node:
            alts.append(str(node.Alt))
        held = node.get("/A")
        for one in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(one, pikepdf.Dictionary) and "/Scope" in one:
                scopes.append(str(one.Scope))
        if "/K" in node:
            walk(node.K, tags, alts, scopes)


def test_row_spans_go_on_over_pages_with_repeated_head(tmp_path):
    head = ((Cell("一级指标", scope="col"), Cell("名称", scope="col")),)
    rows = (
        (Cell("产出指标", rowspan=90, scope="rowgroup"), Cell("第1项")),
        *((Cell(f"第{i}项"),) for i in range(2, 91)),
    )
    text = words(pdf(notebook(table(rows, head=head))), tmp_path)
    assert text.count("（续）") == text.count("一级指标") - 1 >= 1
    assert all(f"第{i}项" in text for i in range(1, 91))


def spanning(rows):
    """Give a document of one table whose first column is one label over all rows, as the layout has it."""
    cell = {"rs": 1, "cs": 1, "x": "1", "m": None}
    body = [[cell | {"m": f"0:{r}"}] for r in range(rows)]
    body[0] = [cell | {"rs": rows, "x": "产出"}, *body[0]]
    return {"blocks": [{"t": "table", "id": 0, "body": body}]}


@pytest.mark.parametrize(
    ("pages", "pieces"),
    [
        ([1, 1, 1, 1], None),
        ([1, 1, 2, 2], [("产出", 2), ("产出\n（续）", 2)]),
        ([1, 2, 2, 3], [("产出", 1), ("产出\n（续）", 2), ("产出\n（续）", 1)]),
    ],
)
def test_a_span_is_cut_where_the_page_changes(pages, pieces):
    made = cuts(spanning(len(pages)), {f"0:{r}": page for r, page in enumerate(pages)})
    if pieces is None:
        assert made == {}
    else:
        assert [(c["x"], c["rs"]) for row in made["0"] for c in row if c["x"] != "1"] == pieces


def test_what_typst_remembers_changes_nothing():
    rows = tuple((Cell("甲", rowspan=40, scope="rowgroup"),) * (i == 0) + (Cell(f"{i}"),) for i in range(40))
    one, other = notebook(table(rows)), notebook(table(rows[:1]), markdown="# 另一个")
    first = pdf(one)
    pdf(other)
    assert pdf(one) == first


def test_forgetting_a_document_takes_none_of_the_numbers_that_typst_has_for_files():
    """It has 65,535 in a process: nameless input took one for each document, and the 65,535th ended the process."""
    given = []

    class Compiler:
        def compile(self, **options):
            given.append(options["input"])

    _forget(Compiler())
    assert len(given) > 10  # as many compilations as typst keeps something for
    assert {tuple(one) for one in given} == {("main.typ",)}


def test_a_fault_inside_typst_is_an_error_of_the_report(monkeypatch):
    """It is raised as what no ``except Exception`` catches and no process can send to another: one would end a batch."""
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def fail(**_):
        raise panic("index out of bounds")

    compiler = SimpleNamespace(compile=fail, compile_with_warnings=fail)
    monkeypatch.setattr("wenxiao.rendering.pdf._compiler", lambda *_: compiler)
    with pytest.raises(RenderingError, match="index out of bounds"):
        pdf(notebook())


def test_the_letters_of_a_chart_can_be_searched(tmp_path):
    drawing = Drawing(1, 100)
    drawing.name(0, "㎡<甲>&乙")
    drawing.value(0, 40, "98.74%")
    drawing.scale()
    svg = drawing.svg()
    assert "<use" in svg
    assert "<use" not in lettered(svg)
    assert lettered(svg.replace('"#u', '"#font-')) == svg.replace('"#u', '"#font-'), "another's picture"
    found = words(pdf(notebook(data(image_svg=svg))), tmp_path)
    assert "㎡<甲>&乙" in found
    assert "98.74%" in found


def test_a_picture_higher_than_a_page_is_made_smaller_and_keeps_its_caption(tmp_path):
    drawing = Drawing(40, 100)
    for i in range(40):
        drawing.name(i, f"第{i}项")
    drawing.scale()
    said = {"image/svg+xml": {"alt": "四十项", "caption": "图题"}}
    figure = v4.new_output("display_data", {"image/svg+xml": drawing.svg()}, metadata=said)
    (tmp_path / "x.pdf").write_bytes(pdf(notebook(figure, markdown="# 甲\n\n" + "正文。\n\n" * 9)))
    command = ["pdftotext", "-f", "2", "-bbox", tmp_path / "x.pdf", "-"]
    page = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = {w: float(y) for y, w in re.findall(r'yMin="([\d.]+)"[^>]*>(第\d+项|图题)<', page)}
    assert set(found) == {*(f"第{i}项" for i in range(40)), "图题"}
    assert 37 / 25.4 * 72 <= found["第0项"] < found["第39项"] < found["图题"] <= (297 - 35) / 25.4 * 72


@pytest.mark.parametrize("span", [1, 2])
def test_a_picture_that_is_none_is_an_error_of_the_report(span):
    rows = ((Cell("甲", rowspan=span), Cell("乙")), (Cell("丙"),) * (3 - span))
    with pytest.raises(RenderingError, match="排版失败"):
        pdf(notebook(table(rows), data(image_svg="<svg")))


def test_missing_glyph_names_character_and_place():
    with pytest.raises(RenderingError, match=r"U\+1F600.*一、基本情况"):
        pdf(notebook(markdown="# 报告\n\n## 一、基本情况\n\n很好😀的"))


def test_wide_and_long_content_is_not_lost(tmp_path):
    wide = table((tuple(Cell(f"格{i}") for i in range(16)),))
    long = table(((Cell("长" * 3000), Cell("短")),))
    text = words(pdf(notebook(wide, long, markdown="# 甲\n\n" + "0123456789abcdef" * 8)), tmp_path)
    assert all(f"格{i}" in text for i in range(16))
    assert text.count("长") == 3000
    assert "0123456789abcdef" * 8 in text


def test_long_codes_stay_on_the_page_and_a_hash_copies_clean(tmp_path):
    code = "0123456789abcdef" * 4
    narrow = table(((Cell(code), Cell("甲" * 60), Cell("乙" * 60)),))
    box = data(text_html=to_html([Notice("provenance", "数据", (Paragraph(text(code)),))]))
    (tmp_path / "x.pdf").write_bytes(pdf(notebook(narrow, box, markdown=f"# 甲\n\n指纹：{code}")))
    command = ["pdftotext", "-bbox", tmp_path / "x.pdf", "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert boxes.count(f">{code}<") == 1, "in the box it is one word, without zero-width spaces"
    right = 595.28 - 26 / 25.4 * 72
    assert all(float(x) <= right + 1 for x in re.findall(r'xMax="([\d.]+)"', boxes))


def test_numbers_wider_than_their_column_do_not_touch(tmp_path):
    wide = tuple(Cell(f"{n},441,000.000000", align="right") for n in (1, 12, 123, 1234, 12345, 123456))
    narrow = tuple(Cell("1.5", align="right") for _ in wide)
    (tmp_path / "x.pdf").write_bytes(pdf(notebook(table((wide, narrow)))))
    command = ["pdftotext", "-bbox", tmp_path / "x.pdf", "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = re.findall(r'xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>[\d,]+441,000\.000000<', boxes)
    assert len(found) == len(wide)
    ends = [float(x) for pair in found for x in pair]
    assert all(end + 4 < start for end, start in zip(ends[1::2], ends[2::2], strict=False))


def test_headings_are_never_skipped():
    html = page(notebook(markdown="# 甲\n\n#### 乙\n\n# 丙"))
    assert re.findall(r"<h(\d)", html) == ["1", "2", "2"]


def test_widths_follow_content():
    rows = ((Cell("1"), Cell("这是一段很长的说明文字" * 5)),)
    narrow, wide = column_widths(Table("", (), rows))
    assert narrow * 3 < wide


@pytest.mark.parametrize(
    "title", ["短题", "2022年度义务教育营养改善计划专项资金项目支出绩效自评报告", "A" * 50, "甲" * 77]
)
def test_title_lines_lose_nothing_and_leave_no_orphan(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == 1 or min(map(len, lines)) > 3

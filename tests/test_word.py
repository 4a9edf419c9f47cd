"""The Word report: nothing of the report is lost in it, Word can open it, and it is the same each time."""

import io
import os
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx.shared import Mm, Twips
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from helpers import PARAMS, ROOT, SEED
from report_folders import made, params_file
from wenxiao import document as wd
from wenxiao import fonts
from wenxiao.checking import check_file
from wenxiao.cli import app
from wenxiao.rendering.layout import appended, title_lines
from wenxiao.rendering.tree import Report
from wenxiao.rendering.word import document_of, styles
from wenxiao.rendering.word.contents import DEEPEST
from wenxiao.rendering.word.facts import carried_by, facts_in, facts_of
from wenxiao.rendering.word.letterhead import LetterheadError, check, render_under
from wenxiao.rendering.word.setting import render
from wenxiao.rendering.word.straight import report_of
from wenxiao.writing import facts_text
from word_files import W, changed, head, mutilated, opened, packed, parts, said, words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="90" height="40" fill="#123"/></svg>'
EVERY_BLOCK = (
    wd.Heading(2, wd.text("一、基本情况")),
    wd.Paragraph((wd.Run("粗", bold=True), wd.Run("斜", bold=True, italic=True), wd.Run("x<y&z", code=True),
                  wd.Run("网址", href="https://a.cn/x?y=1&z=2"))),
    wd.Heading(3, wd.text("（一）概况")),
    wd.Listing(True, ((wd.Paragraph(wd.text("第三")), wd.Listing(False, ((wd.Paragraph(wd.text("深处")),),))),
                      (wd.Code("  x\n\ty"),)), 3),
    wd.Quote((wd.Paragraph(wd.text("引文")),)),
    wd.Notice("warning", "提醒", (wd.Paragraph(wd.text("内容")), wd.Table("表内表", (), ((wd.Cell("1"),),)))),
    wd.Details("怎样算出", (wd.Paragraph(wd.text("10 × 1")),)),
    wd.Figure('条形图："甲"<乙&丙', "图一", svg=SVG),
    wd.Table("", ((wd.Cell("头", scope="col"), wd.Cell("数", scope="col")),),
             ((wd.Cell("合并", rowspan=2), wd.Cell("1", align="right")), (wd.Cell("2", align="right"),)), note="表注"),
    wd.Table("", (), ((wd.Cell("紧接的表", colspan=2),), (wd.Cell("缺一格"),))),
)  # fmt: skip


@pytest.fixture(scope="module")
def report():
    return report_of(check_file(SEED))


@pytest.fixture(scope="module")
def document(report):
    return render(report)


def valid(content, path):
    """Give what a validator of the schema says against a document."""
    from openxml_audit import FileFormat, OpenXmlValidator

    path.write_bytes(content)
    found = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20).validate(str(path))
    return [str(error) for error in found.errors]


# --- nothing lost ---


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_text_of_a_report_stands_in_the_document_in_order(path, tmp_path):
    report = report_of(check_file(path))
    content = render(report)
    after = [text for text in words(content) if text.strip()]
    expected = said(appended(report.blocks))
    assert after[0] == "\n".join(title_lines(report.title))
    assert after[0].replace("\n", "") == report.title
    contents = sum(
        level - 1 <= DEEPEST
        for level in (b.level for b in appended(report.blocks) if isinstance(b, wd.Heading))
    )
    assert sorted(after[contents + 2 :]) == sorted(expected)
    assert facts_of(content) == report.facts == facts_text(check_file(path).project)
    assert valid(content, tmp_path / "report.docx") == []


def test_every_kind_of_block_is_set_and_valid(tmp_path):
    content = render(Report("标题", EVERY_BLOCK))
    after = words(content)
    assert [text for text in said(appended(EVERY_BLOCK)) if text not in after] == []
    assert valid(content, tmp_path / "report.docx") == []


texts = st.text(st.characters(codec="utf-8"), max_size=30)
runs = st.lists(st.builds(wd.Run, texts, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(tuple)
cells = st.builds(wd.Cell, texts, st.just(1), st.integers(1, 3), st.sampled_from([None, "col", "row"]))


@st.composite
def rows(draw):
    """Rows of like or unlike length, with a cell beside them that spans them all."""
    drawn = draw(st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=4))
    drawn[0].insert(0, wd.Cell(draw(texts), rowspan=len(drawn)))
    return tuple(map(tuple, drawn))


simple = st.one_of(
    st.builds(wd.Paragraph, runs),
    st.builds(wd.Heading, st.integers(2, 5), runs),
    st.builds(wd.Code, texts),
    st.builds(wd.Table, texts, st.just(()), rows(), st.just(()), texts),
)
blocks = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds(wd.Quote, st.lists(inner, max_size=2).map(tuple)),
        st.builds(wd.Notice, st.sampled_from(["note", "error", "other"]), texts, st.lists(inner, max_size=2).map(tuple)),
        st.builds(wd.Listing, st.booleans(), st.lists(st.lists(inner, max_size=2).map(tuple), max_size=2).map(tuple), st.integers(0, 9)),
    ),
    max_leaves=5,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(texts, st.lists(blocks, max_size=3).map(tuple))
def test_whatever_a_unit_writes_nothing_is_lost_and_nothing_breaks(title, given):
    """Control characters, which no document can hold, become U+FFFD; all else stays as it is."""
    content = render(Report(title, given))
    shown = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]",
        "\ufffd",
        "\n".join(said(given)).replace("\r\n", "\n").replace("\r", "\n"),
    )
    # A document's contents repeat headings, so what is there may be more, never less.
    there = "".join(words(content))
    for line in shown.split("\n"):
        assert line in there
    assert content == render(Report(title, given))


# --- the layout of GB/T 9704 ---


def test_a_page_holds_22_lines_of_28_characters(document):
    section = opened(document).sections[0]
    assert [round(length / Mm(1), 1) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length / Mm(1)) for length in margins] == [37, 35, 28, 26]
    height = (section.page_height - section.top_margin - section.bottom_margin) // Twips(1)
    assert 22 * styles.LINE <= height < 23 * styles.LINE
    width = (section.page_width - section.left_margin - section.right_margin) // Twips(1)
    assert 28 * styles.CHARACTER <= width < 29 * styles.CHARACTER


def test_fonts_are_those_of_official_documents_by_name(document):
    there = opened(document).styles
    fonts = {
        name: {
            there[name].element.rPr.rFonts.get(f"{W}{script}")
            for script in ("ascii", "hAnsi", "eastAsia", "cs")
        }
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "footer")
    }
    assert fonts == {
        "Normal": {"仿宋_GB2312"}, "Title": {"方正小标宋简体"}, "Heading 1": {"黑体"}, "Heading 2": {"楷体_GB2312"},
        "Heading 3": {"仿宋_GB2312"}, "footer": {"宋体"},
    }  # fmt: skip
    for name, content in parts(document).items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            assert b"Theme=" not in content, name  # such an attribute would win over the name


def test_page_numbers_stand_outside_odd_right_even_left(document):
    section = opened(document).sections[0]
    assert opened(document).settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment.name for footer in (section.footer, section.even_page_footer)]
    assert sides == ["RIGHT", "LEFT"]
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.replace("1", "n") == "— n —"
        assert "PAGE" in footer._element.xml


def test_headings_are_headings_and_the_contents_lead_to_them(report, document):
    there = opened(document)
    headings = [p for p in there.paragraphs if p.style.name.startswith("Heading")]
    assert [p.text for p in headings] == [
        wd.plain_text([b]) for b in appended(report.blocks) if isinstance(b, wd.Heading)
    ]
    marks = {one.get(f"{W}name") for one in there.element.iter(f"{W}bookmarkStart")}
    contents = next(there.element.body.iter(f"{W}sdt"))
    links = [one.get(f"{W}anchor") for one in contents.iter(f"{W}hyperlink")]
    assert len(links) == sum(p.style.name in ("Heading 1", "Heading 2") for p in headings)
    assert set(links) <= marks


def test_the_form_keeps_its_merged_cells_and_repeats_its_head(document):
    tables = opened(document).tables
    form = next(table for table in tables if table.cell(0, 0).text == "一级指标")
    assert form.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert form.cell(1, 0)._tc is form.cell(2, 0)._tc  # 产出指标 spans the rows of its indicators
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in form.rows)
    last = form.rows[len(form.rows) - 1]
    assert last.cells[0].text == "总分"
    assert last.cells[0]._tc is last.cells[3]._tc
    for table in tables:
        grid = [int(column.get(f"{W}w")) for column in table._tbl.tblGrid]
        assert sum(grid) == styles.WIDTH


def test_pictures_have_alternative_texts_and_fit_the_page(report, document):
    figures = [block for block in report.blocks if isinstance(block, wd.Figure)]
    shapes = opened(document).inline_shapes
    assert figures
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [figure.alt for figure in figures]
    assert all(shape.width <= Mm(156) and shape.height <= Mm(225) for shape in shapes)
    numbers = [shape._inline.docPr.get("id") for shape in shapes]
    assert len(set(numbers)) == len(numbers)


def test_the_letters_of_somebody_elses_chart_are_drawn():
    """Charts of matplotlib may hold text where ours hold outlines."""
    empty = wd.Figure("图", "", svg=SVG.replace("<rect", "<g/><rect"))
    lettered = wd.Figure(
        "图",
        "",
        svg=SVG.replace(
            "<rect", '<text x="100" y="60" font-family="FandolHei" font-size="40">执行率</text><rect'
        ),
    )
    one, other = (
        parts(render(Report("标题", (figure,))))["word/media/image1.png"] for figure in (empty, lettered)
    )
    assert len(other) > len(one) + 500


@pytest.mark.parametrize("png", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 30])
def test_a_damaged_picture_leaves_its_words(png):
    content = render(Report("标题", (wd.Figure("折线图：逐年下降", "图一", png=png),)))
    assert words(content)[-2:] == ["〔图：折线图：逐年下降〕", "图一"]


def test_two_tables_are_kept_apart():
    """Word makes one table of two that nothing parts."""
    body = opened(render(Report("标题", EVERY_BLOCK))).element.body
    for table in body.iter(f"{W}tbl"):
        assert table.getnext().tag == f"{W}p"


def test_lists_count_from_where_they_begin_and_each_anew():
    one = wd.Listing(True, ((wd.Paragraph(wd.text("甲")),),), 3)
    content = render(Report("标题", (one, wd.Paragraph(wd.text("其间")), one)))
    numbers = re.findall(rb'<w:numId w:val="(\d+)"/>', parts(content)["word/document.xml"])
    assert len(set(numbers)) == 2
    assert parts(content)["word/numbering.xml"].count(b'<w:startOverride w:val="3"/>') == 2 * 9


def test_properties_say_title_and_date_and_nobody(report, document):
    about = opened(document).core_properties
    assert (about.title, about.language, about.author, about.last_modified_by) == (
        report.title,
        "zh-CN",
        "",
        "",
    )
    assert about.created.date().isoformat() == "2000-01-01"  # the report bears no date
    assert "docProps/app.xml" not in parts(document)


def test_only_safe_addresses_become_links():
    runs = (wd.Run("好", href="https://a.cn/"), wd.Run("坏", href="javascript:alert(1)"))
    content = render(Report("标题", (wd.Paragraph(runs),)))
    relations = parts(content)["word/_rels/document.xml.rels"].decode()
    assert re.findall('Target="([^"]+)" TargetMode="External"', relations) == ["https://a.cn/"]


# --- the same each time ---


def test_a_run_writes_the_same_bytes_as_the_evaluation_alone(tmp_path):
    """The two ways to a document, through a notebook and without one, are one."""
    params = params_file(tmp_path)
    folder = made(params, tmp_path / "reports", "docx")
    content = (folder / "report.docx").read_bytes()
    assert content == document_of(check_file(params))
    assert content == (made(params, tmp_path / "again", "docx") / "report.docx").read_bytes()
    assert facts_in(folder / "report.docx") == (folder / "params.yaml").read_text(encoding="utf-8")
    dates = {one.date_time for one in _listed(folder / "report.docx")}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert opened(content).core_properties.created.date().isoformat() == "2022-04-20"


def _listed(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        return package.infolist()


def test_the_exporter_gives_it_too(tmp_path):
    import nbformat

    from wenxiao.rendering.word.exporter import WenxiaoWordExporter

    folder = made(params_file(tmp_path), tmp_path / "reports", "docx")
    nb = nbformat.read(folder / "report.ipynb", as_version=4)
    content, resources = WenxiaoWordExporter().from_notebook_node(nb)
    assert content == (folder / "report.docx").read_bytes()
    assert resources["output_extension"] == ".docx"


def test_what_stays_inside_is_in_no_part_of_the_document(tmp_path):
    contact = {"name": "欧阳经办", "phone": "0745-6221234"}
    narrative = {"overview": "由钱经理负责。"}
    params = params_file(tmp_path, contact=contact, redact=["钱经理"], narrative=narrative)
    content = (made(params, tmp_path / "reports", "docx") / "report.docx").read_bytes()
    everything = b"".join(parts(content).values()).decode("utf-8", "replace")
    assert [secret for secret in ("欧阳经办", "6221234", "钱经理") if secret in everything] == []
    assert "由〔已隐去〕负责。" in words(content)


# --- the facts that ride along ---


def test_facts_of_an_edited_document_are_not_given(document, report):
    """Word keeps the facts when somebody changes a figure on the page: they would contradict what is read there."""
    edited = changed(document, "word/document.xml", "37.66", "36.77")
    assert facts_of(edited) is None
    assert carried_by(_stream(edited)).facts == report.facts
    assert carried_by(_stream(edited)).edited


def test_saving_without_editing_keeps_the_facts(document, report, tmp_path):
    opened(document).save(str(tmp_path / "saved.docx"))  # another program, other bytes
    assert (tmp_path / "saved.docx").read_bytes() != document
    assert facts_in(tmp_path / "saved.docx") == report.facts


def test_updating_the_contents_is_no_editing(document, report):
    """Word fills in the page numbers of the contents."""
    entry = "一、基本情况</w:t></w:r>"
    updated = changed(
        document, "word/document.xml", entry, f"{entry}<w:r><w:tab/></w:r><w:r><w:t>2</w:t></w:r>"
    )
    assert facts_of(updated) == report.facts


def test_a_document_of_somebody_else_has_no_facts(tmp_path):
    assert facts_in(head(tmp_path / "other.docx", "别人的文件")) is None
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    assert facts_in(tmp_path / "broken.docx") is None
    assert facts_in(tmp_path / "missing.docx") is None


def test_a_bomb_among_the_facts_is_not_unpacked(document):
    found = parts(document)
    found["customXml/item1.xml"] = b"<facts xmlns='urn:wenxiao:facts:1'>" + b" " * 17 * 2**20 + b"</facts>"
    assert facts_of(packed(found)) is None
    found["customXml/item1.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts(document)["customXml/item1.xml"]
    assert facts_of(packed(found)) is None


def _stream(content):
    import io

    return io.BytesIO(content)


# --- an office's own head ---


def test_the_report_stands_where_the_head_says_and_the_fields_are_filled(tmp_path, report):
    path = head(
        tmp_path / "head.docx",
        "{{ unit }}文件",
        "〔{{ year }}〕{{ total }}{{ project.name }}",
        "{{ report }}",
        "抄送：财政局",
        footer="{{ title }}",
    )
    check(path)
    content = render_under(path, report)
    after = words(content)
    assert after[0] == "新晃应急管理局文件"
    assert (
        after[1] == "〔2021〕指挥中心视频会议接入及监控接入平台建设工程"
    )  # no total is given, so none is printed
    assert after[-1] == "抄送：财政局"
    assert after[2] == "\n".join(title_lines(report.title))
    assert after[3:-1] == words(render(report))[1:]
    assert opened(content).sections[0].footer.paragraphs[0].text == report.title
    assert facts_of(content) == report.facts
    assert content == render_under(path, report)
    assert valid(content, tmp_path / "report.docx") == []


def test_the_body_alone_leaves_title_and_contents_to_the_head(tmp_path, report):
    content = render_under(head(tmp_path / "head.docx", "{{ title }}", "{{p body }}"), report)
    assert words(content)[0] == report.title
    assert "目  录" not in words(content)
    assert valid(content, tmp_path / "report.docx") == []


def test_fields_are_found_however_word_divides_them(tmp_path, report):
    document = opened(head(tmp_path / "head.docx", "").read_bytes())
    paragraph = document.paragraphs[0]
    for piece in ("{", "{ rep", "ort ", "}}"):
        paragraph.add_run(piece)
    document.save(str(tmp_path / "head.docx"))
    assert facts_of(render_under(tmp_path / "head.docx", report)) == report.facts


def test_our_headings_take_the_place_of_those_of_a_chinese_word(tmp_path, report):
    """A Chinese Word calls its styles ``1`` and ``a``; the report keeps its looks, the office its own ids."""
    document = opened(head(tmp_path / "head.docx", "{{ report }}").read_bytes())
    document.add_heading("本局标题", 1)
    document.save(str(tmp_path / "head.docx"))
    found = parts((tmp_path / "head.docx").read_bytes())
    for name in ("word/styles.xml", "word/document.xml"):
        found[name] = (
            found[name]
            .replace(b'"Heading1"', b'"1"')
            .replace(b'"Normal"/>', b'"a"/>')
            .replace(b'styleId="Normal"', b'styleId="a"')
        )
    (tmp_path / "head.docx").write_bytes(packed(found))
    content = render_under(tmp_path / "head.docx", report)
    there = opened(content)
    used = {p.style.style_id for p in there.paragraphs if p.text in ("本局标题", "一、基本情况")}
    assert used == {"1"}
    assert there.styles["Heading 1"].element.rPr.rFonts.get(f"{W}eastAsia") == "黑体"
    defined = {one.get(f"{W}styleId") for one in there.styles.element.iter(f"{W}style")}
    named = {
        one.get(f"{W}val")
        for tag in ("pStyle", "rStyle", "tblStyle")
        for one in there.element.iter(f"{W}{tag}")
    }
    assert named <= defined
    assert valid(content, tmp_path / "report.docx") == []


@pytest.mark.parametrize(
    ("paragraphs", "zh"),
    [
        (("{{ report }}", "{{ unti }}"), "没有“unti”这个字段。可用的：title, project.name, unit"),
        (("{{ report }}", "{{ project.nam }}"), "没有“nam”这个字段"),
        (("{{ report }}", "{{ unit "), "花括号里的写法不对"),
        (("{{ report }}", "{% for x in unit %}"), "花括号里的写法不对"),
        (("{{ report }}", "{{ unit.__class__.__mro__ }}"), "只能写字段，不能写程序"),
        (("{{ report }}", "{{ range(10) }}"), "没有“range”这个字段"),
        (("{{ report }}", '{% include "x" %}'), "只能写字段，不能写程序"),
        (("只有红头",), "没有说报告放在哪里"),
        (("{{ report }}", "{{ body }}"), "一共只能写一处"),
        (("附：{{ report }}",), "要单独成段"),
    ],
)  # fmt: skip
def test_a_faulty_head_is_told_in_one_message(tmp_path, paragraphs, zh):
    path = head(tmp_path / "head.docx", *paragraphs)
    with pytest.raises(LetterheadError) as found:
        check(path)
    assert found.value.text("zh").startswith("head.docx\n  ") or str(path) in found.value.text("zh")
    assert zh in found.value.text("zh")
    assert "Traceback" not in found.value.text("en")


def test_what_runs_or_names_people_is_not_let_in(tmp_path):
    """All at once."""
    path = head(tmp_path / "head.docx", "{{ report }}")
    content = changed(
        path.read_bytes(), "word/_rels/document.xml.rels", "</Relationships>",
        '<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///C:/x.png" TargetMode="External"/>'
        '<Relationship Id="rId92" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        "</Relationships>",
    )  # fmt: skip
    content = changed(content, "word/document.xml", "<w:p>", '<w:p><w:ins w:id="1" w:author="张三"/>')
    path.write_bytes(packed(parts(content) | {"word/comments.xml": b"<x/>"}))
    with pytest.raises(LetterheadError) as found:
        check(path)
    for words_of_it in ("文档以外的文件", "宏、控件", "批注", "修订痕迹"):
        assert words_of_it in found.value.text("zh")


def test_a_head_that_is_no_document_is_refused(tmp_path):
    (tmp_path / "head.doc").write_bytes(b"\xd0\xcf\x11\xe0 an old document")
    for name in ("head.doc", "missing.docx"):
        with pytest.raises(LetterheadError) as found:
            check(tmp_path / name)
        assert name in found.value.text("en")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_mutilated_head_is_used_or_refused_with_a_line(tmp_path):
    content = head(tmp_path / "head.docx", "{{ unit }}文件", "{{ report }}").read_bytes()
    refused = []
    for n in range(80):
        (tmp_path / "head.docx").write_bytes(mutilated(content, random.Random(n)))
        try:
            check(tmp_path / "head.docx")
        except LetterheadError as error:
            refused.append(error.text("zh").splitlines())
    assert 10 < len(refused) < 80
    assert all(len(lines) >= 2 for lines in refused)


def test_a_report_under_another_head_is_made_anew(tmp_path):
    import json

    from report_folders import run_with

    params = params_file(tmp_path)
    first = head(tmp_path / "head.docx", "甲局文件", "{{ report }}")
    folder = run_with(params, tmp_path / "reports", ("docx",), letterhead=str(first))
    assert words((folder / "report.docx").read_bytes())[0] == "甲局文件"
    key = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["inputs"]
    head(first, "乙局文件", "{{ report }}")
    run_with(params, tmp_path / "reports", ("docx",), letterhead=str(first))
    again = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["inputs"]
    assert words((folder / "report.docx").read_bytes())[0] == "乙局文件"
    assert {name for name in key if key[name] != again[name]} == {"letterhead"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "html,docx", "--word-template", "faulty.docx"), "没有“unti”这个字段"),
        (("--to", "html,docx", "--word-template", "missing.docx"), "打不开"),
        (("--word-template", "fine.docx"), "请加上 --to html,pdf,docx"),
        (("--to", "html,doc"), "--to 只能写 html、pdf、docx、xlsx"),
    ],
)
def test_run_says_at_once_what_is_wrong_with_formats_and_head(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    head(tmp_path / "fine.docx", "{{ report }}")
    head(tmp_path / "faulty.docx", "{{ report }}", "{{ unti }}")
    params_file(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "zh", "run", "canal.yaml", *arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "reports").exists(), "nothing was begun"


# --- as LibreOffice sets it ---


@pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdftotext"), reason="no LibreOffice here"
)
def test_libreoffice_sets_22_lines_of_28_characters_and_numbers_the_pages(tmp_path):
    long = wd.Paragraph(wd.text("效" * 28 * 60))
    (tmp_path / "report.docx").write_bytes(
        render(Report("标题", (wd.Heading(2, wd.text("一、基本情况")), long)))
    )
    pages = _as_pages(tmp_path)
    last = [page.strip().splitlines()[-1].replace(" ", "") for page in pages]
    assert last == [f"—{n}—" for n in range(1, len(pages) + 1)]
    second = [line for line in pages[1].splitlines() if "效" in line]
    assert [len(line.strip()) for line in second] == [28] * 22


def _as_pages(folder: Path):
    """Give the text of each page, as LibreOffice sets report.docx."""
    aliases = {"仿宋_GB2312": fonts.FANG, "黑体": fonts.HEI, "楷体_GB2312": fonts.KAI, "宋体": fonts.FANG}
    (folder / "fonts.conf").write_text(
        f"<fontconfig><dir>{fonts.FOLDER}</dir><cachedir>{folder / 'fonts'}</cachedir>"
        + "".join(f"<match><test name='family'><string>{a}</string></test><edit name='family' mode='assign' binding='same'>"
                  f"<string>{b}</string></edit></match>" for a, b in aliases.items())
        + "</fontconfig>",
        encoding="utf-8",
    )  # fmt: skip
    _convert(folder, "pdf", folder)
    command = ["pdftotext", "-layout", str(folder / "report.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return [page for page in text.split("\f") if page.strip()]


def _convert(folder: Path, kind: str, out: Path):
    """Have LibreOffice save report.docx as something else."""
    home, made = (folder / "home").as_uri(), str(folder / "report.docx")
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={home}",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
        made,
    ]
    known = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=known)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_facts_and_words_outlive_another_program(document, report, tmp_path):
    """LibreOffice writes every part anew; nobody has changed a word."""
    (tmp_path / "report.docx").write_bytes(document)
    _convert(tmp_path, "docx", tmp_path / "saved")
    saved = (tmp_path / "saved" / "report.docx").read_bytes()
    assert parts(saved)["word/document.xml"] != parts(document)["word/document.xml"]
    assert words(saved) == words(document)
    assert facts_of(saved) == report.facts


def test_the_notebooks_stand_where_the_template_is_looked_for():
    from wenxiao.rendering.word.straight import own_template
    from wenxiao.running import places

    assert own_template() == places.own_template()
    assert own_template().is_relative_to(ROOT)


def test_a_document_whose_packing_is_damaged_carries_nothing():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("customXml/item1.xml", "<facts>" + "3766" * 500 + "</facts>")
    content = bytearray(packed.getvalue())
    start = content.index(b"item1.xml") + len(b"item1.xml")
    content[start : start + 3] = b"\xff\xff\xff"
    assert carried_by(io.BytesIO(bytes(content))) is None

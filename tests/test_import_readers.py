"""Any document becomes the same grid: what is printed, at its place; hostile files become a line."""

import base64
import io
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import form_files
import forms
import hostile
from form_files import C, docx_of, paragraph, placed, rectangular
from helpers import PARAMS
from hostile import REFUSED, book
from wenxiao import load
from wenxiao.errors import InputError
from wenxiao.importing.grid import Grid, Table
from wenxiao.importing.readers import read, read_bytes
from wenxiao.importing.readers.xlsx.formats import UnknownFormatError, shown_number

PROJECTS = {path.stem: load(path) for path in PARAMS}


def read_docx(body: str, **parts: str) -> Grid:
    return read_bytes("a.docx", docx_of(body, **parts))


def texts(grid: Grid) -> list[str]:
    return [one.text for one in grid.paragraphs()]


def only(grid: Grid) -> Table:
    (table,) = grid.tables()
    return table


def drawn(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(c.text, c.columns, c.rows) for c in table.row(r)] for r in range(1, table.height + 1)]


# --- the forms of the provinces -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", forms.LAYOUTS)
@pytest.mark.parametrize("stem", ["yongde-minglang-school", "xinhuang-video-conference"])
def test_layouts_are_rectangular(layout, stem):
    for block in forms.form_of(PROJECTS[stem], layout):
        assert isinstance(block, str) or rectangular(block)


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize("stem", PROJECTS)
def test_word_and_page_give_the_form_cell_by_cell(stem, kind):
    """Every cell with its text, its place and how far it is merged; every paragraph in its order."""
    form = forms.form_of(PROJECTS[stem])
    grid = read_bytes(f"a.{kind}", form_files.KINDS[kind](form))
    wanted = [
        line
        if isinstance(block, str)
        else [(r, c, one.text, one.rows, one.columns) for r, c, one in placed(block)]
        for block in form
        for line in (block.split("\n") if isinstance(block, str) else [block])
        if line
    ]
    found = [
        [(c.place.row, c.place.column, c.text, c.rows, c.columns) for c in block.cells]
        if isinstance(block, Table)
        else block.text
        for block in grid.blocks
    ]
    assert [_stripped(w) for w in wanted if _stripped(w)] == found
    assert grid.kind == kind


def _stripped(block):
    return block.strip(" \u3000") if isinstance(block, str) else block


@pytest.mark.parametrize("stem", PROJECTS)
def test_a_workbook_gives_what_it_shows(stem):
    """Numbers are stored as numbers; what is read is what their formats show, digit by digit."""
    form = forms.form_of(PROJECTS[stem])
    cells = {
        (c.place.row, c.place.column): c for c in only(read_bytes("a.xlsx", form_files.xlsx(form))).cells
    }
    row = 0
    for block in form:
        rows = [[C(block)]] if isinstance(block, str) else block
        for at, column, one in placed(rows):
            if one.text.strip():
                assert cells[row + at, column].text == one.text.strip(), one
        row += len(rows)


@pytest.mark.parametrize("kind", ["txt", "copied"])
@pytest.mark.parametrize("stem", PROJECTS)
def test_a_copied_text_keeps_its_tables(stem, kind):
    form = forms.form_of(PROJECTS[stem])
    grid = read_bytes("a.txt", form_files.KINDS[kind](form))
    tables = [block for block in form if not isinstance(block, str)]
    assert len(list(grid.tables())) == len(tables)
    for block, table in zip(tables, grid.tables(), strict=True):
        assert table.height == len(block)
        for at, _, one in placed(block):
            assert one.text in [c.text for c in table.row(at)]


def test_places_are_as_a_clerk_looks_for_them():
    form = [[[C("项目名称"), C("试点")]]]
    assert only(read_bytes("a.xlsx", form_files.xlsx(form))).at(1, 2).place.shown() == "工作表“自评表” B1"
    assert only(read_bytes("a.docx", form_files.docx(form))).at(1, 2).place.shown() == "表1 第1行第2列"
    page = read_docx(
        paragraph("正文"), **{"word/footer1.xml": f"<w:ftr {form_files._W}>{paragraph('内部资料')}</w:ftr>"}
    )
    assert [p.place.shown() for p in page.paragraphs()] == ["第1段", "页脚 第1段"]


# --- Word ---------------------------------------------------------------------------------------------------------------


def w(tag: str, *inside: str, **attributes: str) -> str:
    """Give an element of WordprocessingML."""
    told = "".join(f' w:{name}="{value}"' for name, value in attributes.items())
    return f"<w:{tag}{told}>{''.join(inside)}</w:{tag}>"


def p(*inside: str) -> str:
    return w("p", *inside)


def word(text: str) -> str:
    return w("r", w("t", text))


def cell_of(text: str, *properties: str) -> str:
    return w("tc", w("tcPr", *properties), paragraph(text))


def test_insertions_are_kept_and_deletions_dropped():
    body = (
        p(
            word("预算"),
            w("del", w("r", w("delText", "30")), id="1"),
            w("ins", word("38.14"), id="2"),
            word("万元"),
        ),
        p(w("moveFrom", word("移走")), w("moveTo", word("移来"))),
        p(w("pPr", w("rPr", w("del", id="3"))), word("上一段")),
        p(word("接下一段")),
    )
    assert texts(read_docx("".join(body))) == ["预算38.14万元", "移来", "上一段接下一段"]
    assert texts(read_docx(body[2] + form_files._word_table([[C("表")]]))) == ["上一段"]


def test_a_deleted_row_is_gone():
    old = w("tr", w("trPr", w("del", id="1")), cell_of("旧"), cell_of("1"))
    body = w("tbl", old, w("tr", cell_of("新"), cell_of("2")))
    assert drawn(only(read_docx(body))) == [[("新", 1, 1), ("2", 1, 1)]]


def test_content_controls_fields_and_ticks_are_read_as_they_show():
    def control(text: str, *properties: str) -> str:
        return w("sdt", w("sdtPr", *properties), w("sdtContent", word(text)))

    def mark(kind: str, *inside: str) -> str:
        return w("r", w("fldChar", *inside, fldCharType=kind))

    ticked = w("ffData", w("checkBox", w("checked")))
    body = (
        p(control("甲局"), control("单击此处输入文字", w("showingPlcHdr"))),
        p(mark("begin"), w("r", w("instrText", "PAGE")), mark("end"), word("第3页")),
        p(mark("begin", ticked), word("部门预算项目")),
        p(
            w("r", w("sym", font="Wingdings", char="F0A8")),
            word("市直专项"),
            w("r", w("sym", font="Symbol", char="F0B3")),
            word("95%"),
        ),
    )
    assert texts(read_docx("".join(body))) == ["甲局", "第3页", "☑部门预算项目", "□市直专项≥95%"]


def test_soft_line_breaks_tabs_and_hidden_text():
    body = (
        p(word("一、基本情况"), w("r", w("br")), word("（一）项目概况"), w("r", w("tab")), word("甲")),
        p(w("r", w("rPr", w("vanish")), w("t", "密")), word("乙")),
    )
    grid = read_docx("".join(body))
    assert texts(grid) == ["一、基本情况", "（一）项目概况\t甲", "乙"]
    assert [one.level for one in grid.paragraphs()] == [1, 2, 0]
    assert "有隐藏文字，没有采用：“密”" in grid.notes


def test_numbers_of_lists_are_read_as_printed():
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    shapes = [
        w("lvl", w("start", val="1"), w("numFmt", val=f), w("lvlText", val=t), ilvl=str(i))
        for i, (f, t) in enumerate(levels)
    ]
    lists = w("abstractNum", *shapes, abstractNumId="0") + w("num", w("abstractNumId", val="0"), numId="1")
    numbering = f"<w:numbering {form_files._W}>{lists}</w:numbering>"
    items = ((0, "情况"), (1, "概况"), (2, "甲"), (2, "乙"), (1, "目标"), (0, "结论"))
    body = "".join(
        p(w("pPr", w("numPr", w("ilvl", val=str(d)), w("numId", val="1"))), word(t)) for d, t in items
    )
    found = texts(read_docx(body, **{"word/numbering.xml": numbering}))
    assert found == ["一、情况", "（一）概况", "1.甲", "2.乙", "（二）目标", "二、结论"]


def test_merged_cells_of_word_are_one_cell():
    form = [[[C("甲", 2, 2), C("乙")], [C("丙")], [C("丁"), C("戊", 2)]]]
    assert drawn(only(read_bytes("a.docx", form_files.docx(form)))) == [
        [("甲", 2, 2), ("乙", 1, 1)], [("甲", 2, 2), ("丙", 1, 1)], [("丁", 1, 1), ("戊", 2, 1)],
    ]  # fmt: skip


def test_a_cell_that_goes_on_from_nothing_stands_for_itself():
    """Programs write vMerge without a beginning, and continue a cell of another width."""
    body = w(
        "tbl",
        w("tr", cell_of("甲", w("vMerge"))),
        w("tr", cell_of("乙", w("gridSpan", val="2"), w("vMerge"))),
    )
    assert [c.text for c in only(read_docx(body)).cells] == ["甲", "乙"]


def test_tables_in_tables_follow_and_a_frame_is_no_table():
    inner = form_files._word_table([[C("内一"), C("内二")]])
    outer = w("tbl", w("tr", w("tc", paragraph("外"), inner), cell_of("右")))
    assert [[c.text for c in t.cells] for t in read_docx(outer).tables()] == [["外", "右"], ["内一", "内二"]]
    grid = read_docx(w("tbl", w("tr", w("tc", paragraph("标题"), inner))))
    assert texts(grid) == ["标题"]
    assert [c.text for c in only(grid).cells] == ["内一", "内二"]


def test_text_boxes_headers_and_notes_are_read_once():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = w("drawing", w("txbxContent", paragraph("框中")))
    old = w("pict", w("txbxContent", paragraph("框中")))
    both = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    header = f"<w:hdr {form_files._W}>{paragraph('公开14表')}</w:hdr>"
    line = w("footnote", paragraph("线"), type="separator")
    parts = {
        "word/header1.xml": header,
        "word/header2.xml": header,
        "word/footnotes.xml": f"<w:footnotes {form_files._W}>{line}{w('footnote', paragraph('注一'), id='2')}</w:footnotes>",
        "word/footer1.xml": f"<w:ftr {form_files._W}>{paragraph('— 1 —')}</w:ftr>",
    }
    assert texts(read_docx(p(w("r", both), word("正文")), **parts)) == ["正文", "框中", "注一", "公开14表"]


def test_what_stands_outside_is_told_and_never_fetched():
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm"/></Relationships>'
    )
    grid = read_docx(paragraph("甲"), **{"word/_rels/document.xml.rels": rels})
    assert grid.notes == ("文档引用了 1 处外部内容，没有取用。",)


# --- workbooks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("0.9874", "0.00%", "98.74%"), ("1", "0%", "100%"), ("0.98736", "0.0%", "98.7%"), ("38.14", "General", "38.14"),
        ("38.1", "0.00", "38.10"), ("387664.62", "#,##0.00", "387,664.62"), ("0", "#,##0.00;-#,##0.00;-", "-"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"), ("8", '0"个"', "8个"), ("95", '"≥"0"%"', "≥95%"),
        ("12345", '0!.0,"万元"', "1.2万元"), ("12345678", "#,##0,", "12,346"), ("-5", "0.0", "-5.0"), ("-5", "0;(0)", "(5)"),
        ("0.5", "#.##", ".5"), ("3.10", "0.0#", "3.1"), ("7", "000", "007"), ("90", "[>=60]0\"合格\";0\"不合格\"", "90合格"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"), ("-0.001", "0.00", "0.00"), ("2.5", "0", "3"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_shown(value, form, shown):
    assert shown_number(Decimal(value), form)[0].strip() == shown


def test_a_number_format_nobody_understands_is_said_so():
    for form in ("# ?/?", "0.00E+00", "[DBNum2]General"):
        with pytest.raises(UnknownFormatError):
            shown_number(Decimal("0.5"), form)


@given(st.decimals(0, 10**9, places=4), st.integers(0, 6))
@settings(deadline=None, max_examples=200)
def test_shown_numbers_are_rounded_as_money_is(value, places):
    text, shows = shown_number(value, "0." + "0" * places if places else "0")
    assert Decimal(text) == shows
    assert abs(shows - value) <= Decimal(1).scaleb(-places) / 2


def workbook(prepare) -> Grid:
    import openpyxl

    made = openpyxl.Workbook()
    prepare(made)
    stream = io.BytesIO()
    made.save(stream)
    return read_bytes("a.xlsx", stream.getvalue())


def test_hidden_sheets_and_rows_are_read_and_told():
    def prepare(made):
        made.active.append(["名称", 1])
        made.active.append(["暗", 2])
        made.active.row_dimensions[2].hidden = True
        made.create_sheet("附").append(["藏", 3])
        made["附"].sheet_state = "veryHidden"

    grid = workbook(prepare)
    assert [[c.text for c in t.cells] for t in grid.tables()] == [["名称", "1", "暗", "2"], ["藏", "3"]]
    assert "工作表“附” 是隐藏的，也读了。" in grid.notes
    assert "工作表“Sheet” 有隐藏的行，也读了：2。" in grid.notes


def test_a_formula_without_a_value_is_told_not_guessed():
    grid = read_bytes(
        "a.xlsx",
        book(
            '<sheetData><row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><v>4</v></c><c r="C1"><f>B1</f><v>4</v></c></row></sheetData>'
        ),
    )
    assert [c.text for c in only(grid).cells] == ["", "4", "4"]
    assert any("A1" in note and "公式" in note for note in grid.notes)


def test_digits_that_are_not_shown_are_told():
    def prepare(made):
        made.active["B2"] = 0.98736
        made.active["B2"].number_format = "0.00%"

    grid = workbook(prepare)
    assert only(grid).at(2, 2).text == "98.74%"
    assert any("B2 显示 98.74%、存 0.98736" in note for note in grid.notes)


def test_the_head_of_a_printed_sheet_is_read():
    def prepare(made):
        made.active["A1"] = "甲"
        made.active.oddHeader.center.text = '&"宋体"&14附件1 自评表'
        made.active.oddFooter.center.text = "第 &P 页 共 &N 页"

    assert [(one.text, one.place.shown()) for one in workbook(prepare).paragraphs()] == [
        ("附件1 自评表", "工作表“Sheet” 页眉 第1段")
    ]


def test_days_are_read_as_shown():
    import datetime as dt

    def prepare(made):
        for at, form in (("A1", 'yyyy"年"m"月"d"日"'), ("A2", "yyyy-mm-dd"), ("A3", "yyyy/m/d h:mm")):
            made.active[at] = dt.datetime(2022, 4, 7, 9, 5)  # noqa: DTZ001
            made.active[at].number_format = form

    assert [c.text for c in only(workbook(prepare)).cells] == ["2022年4月7日", "2022-04-07", "2022/4/7 9:05"]


# --- web pages ----------------------------------------------------------------------------------------------------------


def page(content: str) -> Grid:
    return read_bytes("a.htm", f"<html><body>{content}</body></html>".encode())


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "GBK", "gb18030"])
def test_charsets_of_government_pages(charset):
    form = ["镕基实验小学项目支出绩效自评表", [[C("项目名称"), C("㐂", 1), C("a"), C("b"), C("c"), C("d")]]]
    assert texts(read_bytes("a.html", form_files.page(form, charset)))[0] == "镕基实验小学项目支出绩效自评表"


def test_only_the_article_of_a_page_is_read():
    grid = read_bytes("a.html", form_files.page(forms.form_of(PROJECTS["yongde-minglang-school"])))
    everything = "".join([*texts(grid), *(c.text for t in grid.tables() for c in t.cells)])
    for around in ("首页", "政务公开", "分享到", "版权所有", "999"):
        assert around not in everything
    assert any("主办：某某区人民政府办公室" in note for note in grid.notes), "what is left out is told"


def test_spans_of_broken_tables():
    grid = page("<table><tr><td rowspan=0>甲<td colspan=abc>乙<tr><td rowspan=9>丙<td>丁</table><p>后")
    assert drawn(only(grid)) == [[("甲", 1, 2), ("乙", 1, 1)], [("甲", 1, 2), ("丙", 1, 1), ("丁", 1, 1)]]
    assert texts(grid) == ["后"]


def test_a_table_that_lays_out_the_page_is_none():
    inner = "<table><tr><td>项目名称<td>试点<td>一</tr><tr><td>单位<td>甲局<td>二</tr></table>"
    grid = page(f"<table><tr><td><p>目录</p></td><td><h3>自评表</h3>{inner}</td></tr></table>")
    assert [c.text for c in only(grid).cells] == ["项目名称", "试点", "一", "单位", "甲局", "二"]
    assert "自评表" in texts(grid)


def test_line_ends_of_the_source_are_no_blanks_in_chinese():
    assert texts(page("<p>项目\n   支出 38.14\n 万元<br>第二行&nbsp;x</p>")) == [
        "项目支出 38.14 万元",
        "第二行 x",
    ]


def test_fields_of_a_page_are_read_as_they_show():
    grid = page(
        "<table><tr><td>预算数<td><input value='38.14'><td><select><option>元<option selected>万元</select></tr>"
        "<tr><td><input type=checkbox checked>是<td><input type=hidden value=密><textarea>说明</textarea><td><input type=submit value=提交></table>"
    )
    assert [c.text for c in only(grid).cells] == ["预算数", "38.14", "万元", "☑是", "说明", ""]


def test_files_attached_to_a_page_are_told():
    grid = page('<p>附件：<a href="/files/2022/x.DOCX?v=1">自评表.docx</a></p>')
    assert grid.notes == ("网页附有文件“自评表.docx”，没有取用，请下载后另行导入。",)


def test_web_archives_are_read():
    mail = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("<p>自评表</p>".encode()).decode()
        + "\r\n--b--\r\n"
    )
    assert texts(read_bytes("a.mht", mail.encode())) == ["自评表"]


# --- text ---------------------------------------------------------------------------------------------------------------


def test_tables_of_texts():
    grid = read_bytes(
        "a.txt",
        "项目支出绩效自评表\n项目名称  试点  甲\n主管部门　　乙局　　丙\n说明：一段 文字。\n| 指标 | 值 |\n|---|---|\n| 数量 | 8个 |\n".encode(),
    )
    assert [drawn(t) for t in grid.tables()] == [
        [[("项目名称", 1, 1), ("试点", 1, 1), ("甲", 1, 1)], [("主管部门", 1, 1), ("乙局", 1, 1), ("丙", 1, 1)]],
        [[("指标", 1, 1), ("值", 1, 1)], [("数量", 1, 1), ("8个", 1, 1)]],
    ]  # fmt: skip
    assert texts(grid) == ["项目支出绩效自评表", "说明：一段 文字。"]
    assert grid.blocks[0].place.line == 1


def test_a_cell_of_several_lines_in_quotation_marks():
    grid = read_bytes("a.txt", '"项目\n资金"\t"说""好"""\t"不是\n尾'.encode())
    assert [c.text for c in only(grid).cells] == ["项目\n资金", '说"好"', '"不是']


def test_csv_knows_its_separator():
    assert [c.text for c in only(read_bytes("a.csv", "名称;值\n甲;1,5\n乙;2\n".encode("gbk"))).cells] == [
        "名称",
        "值",
        "甲",
        "1,5",
        "乙",
        "2",
    ]


# --- what a file is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.html", "a"])
def test_the_content_decides_not_the_name(name):
    form = ["自评表", [[C("一"), C("二")]]]
    assert read_bytes(name, form_files.docx(form)).kind == "docx"
    assert read_bytes(name, form_files.xlsx(form)).kind == "xlsx"
    assert read_bytes(name, form_files.page(form)).kind == "html"
    assert read_bytes(name, form_files.text(form)).kind == "text"


def test_old_formats_without_libreoffice_say_what_to_do(monkeypatch):
    monkeypatch.setattr("wenxiao.importing.readers.legacy.office", lambda: None)
    old = hostile._OLE + "WordDocument".encode("utf-16-le")
    with pytest.raises(InputError) as caught:
        read_bytes("a.doc", old)
    assert (
        caught.value.text("zh")
        == "a.doc: 这是旧格式（.doc），要有 LibreOffice 才能读。请装上 LibreOffice，或用 Word、Excel、WPS 另存为 .docx 或 .xlsx。"
    )


def test_pdf_without_pdfplumber_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InputError, match="pdfplumber"):
        read_bytes("a.pdf", b"%PDF-1.4\n")


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Give a real form in old formats and as PDF, made by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not there")
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(MADE["docx"])
    (folder / "b.xlsx").write_bytes(MADE["xlsx"])
    for name, targets in (("a.docx", ("doc", "pdf")), ("b.xlsx", ("xls",))):
        for target in targets:
            command = [
                program,
                "--headless",
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--convert-to",
                target,
            ]
            subprocess.run(
                [*command, "--outdir", str(folder), str(folder / name)],
                check=True,
                capture_output=True,
                timeout=300,
            )
    return folder


def test_old_formats_are_read_through_libreoffice(converted):
    old, new = read(converted / "a.doc"), read_bytes("a.docx", MADE["docx"])
    assert old.kind == "doc"
    assert drawn(only(old)) == drawn(only(new))
    shutil.copyfile(converted / "b.xls", converted / "b.et")
    old, new = read(converted / "b.et"), read_bytes("b.xlsx", MADE["xlsx"])
    assert [c.text for c in only(old).cells if c.text] == [c.text for c in only(new).cells if c.text]
    assert "由 LibreOffice 从 .xls 转换后读取。" in old.notes


def test_libreoffice_fetches_nothing_that_a_document_links_to(converted):
    """A picture and a section of an odt stand on a server of ours: nobody asks it for them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        assert texts(read_bytes("a.odt", hostile.linked_odt(address))) == ["甲", "乙"]
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_pdf_gives_the_table_across_its_pages(converted):
    """Which characters stand there depends on the machine's fonts; the cells and the figures do not."""
    pytest.importorskip("pdfplumber")
    printed, form = only(read(converted / "a.pdf")), only(read_bytes("a.docx", MADE["docx"]))
    assert (printed.height, printed.width) == (form.height, form.width)
    for cell in form.cells:
        if cell.text.isascii() and cell.text:
            assert printed.at(cell.place.row, cell.place.column).text == cell.text


# --- hostile ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\f", "&#1;", "&#x1;", "&#27;", "&#xffff;", "&#xd800;", "&#99999999;"])
def test_a_sign_no_tree_may_hold_is_no_traceback(sign):
    """HTML lets them through, XML does not: each stands where the tree is changed while it is read."""
    content = (
        f"<p>金额{sign}<script>1</script>{sign}12<style>2</style>{sign}万元</p>"
        f"<p>完成<input value='9{sign}5'>{sign}%<select><option selected>优{sign}</select></p>"
    )
    words = ["".join(text.split()).replace("\ufffd", "") for text in texts(page(content))]
    assert words == ["金额12万元", "完成95%优"]


@pytest.mark.parametrize("kind", REFUSED)
def test_hostile_files_are_refused_with_a_line(kind):
    name, make, words = REFUSED[kind]
    with pytest.raises(InputError) as caught:
        read_bytes(name, make())
    text = caught.value.text("zh")
    assert words in text
    assert text.startswith(f"{name}: ")
    assert "\n" not in text
    assert caught.value.text("en").startswith(f"{name}: ")


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "fehlt.docx", hostile.links_in_a_circle(tmp_path)):
        with pytest.raises(InputError):
            read(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.docx")
        with pytest.raises(InputError, match="不是普通文件"):
            read(tmp_path / "pipe.docx")


def test_a_huge_file_is_not_even_opened(tmp_path):
    with (tmp_path / "a.docx").open("wb") as file:
        file.truncate(60_000_000)  # takes no room on the disk
    with pytest.raises(InputError, match="超过 50 MB"):
        read(tmp_path / "a.docx")


def line_of(name: str, data: bytes) -> str:
    """Give the line that refuses a file; empty where it is read."""
    try:
        read_bytes(name, data)
    except InputError as error:
        return error.text("zh")
    return ""


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_damage_is_a_line_or_a_grid_never_a_traceback(data):
    kind = data.draw(st.sampled_from(["docx", "xlsx", "html", "txt"]))
    whole = bytearray(MADE[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        length = data.draw(st.integers(0, 40))
        whole[at : at + length] = data.draw(st.binary(max_size=20))
    assert "\n" not in line_of(f"a.{kind}", bytes(whole))


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_damage_inside_a_package_is_a_line_or_a_grid(data):
    kind = data.draw(st.sampled_from(["docx", "xlsx"]))
    with zipfile.ZipFile(io.BytesIO(MADE[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    text = parts[name].decode()
    at = data.draw(st.integers(0, len(text)))
    if data.draw(st.booleans()):
        wrong = data.draw(
            st.sampled_from(
                ['"-1"', '"99999999999"', '""', '"A0"', '"NaN"', '"true"', '"XFD1048576"', '"A1:XFD1048576"']
            )
        )
        cut = text.find('"', at), text.find('"', text.find('"', at) + 1)
        text = text[: cut[0]] + wrong + text[cut[1] + 1 :] if cut[0] >= 0 and cut[1] >= 0 else text
    else:
        text = (
            text[:at]
            + data.draw(
                st.sampled_from(
                    ["<a>", "</w:p>", "&x;", "\0", "<w:tbl><w:tr/></w:tbl>", '<c r="B1"/>', "<v>NaN</v>"]
                )
            )
            + text[at:]
        )
    assert "\n" not in line_of(f"a.{kind}", form_files.packed({**parts, name: text.encode()}))


MADE = {
    kind: forms.make(PROJECTS["yongde-minglang-school"], "yunnan", kind)
    for kind in ("docx", "xlsx", "html", "txt")
}

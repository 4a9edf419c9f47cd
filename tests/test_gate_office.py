"""Word documents and workbooks before the gate: whatever hides in one is found, as in page and PDF."""

import datetime as dt
import random
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from report_folders import FACTS, made, params_file, sealed
from wenxiao.publishing.folders import read_folder
from wenxiao.publishing.gate import judge, office
from wenxiao.publishing.verifying.offices import compare_packages, compare_under_head
from wenxiao.rendering.word.facts import facts_of
from word_files import changed, head, mutilated, opened, packed, parts

PHONE, ID = "13874512345", "110101199003070214"
DOCX, XLSX, RELATIONS = "report.docx", "report.xlsx", "word/_rels/document.xml.rels"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """A report with its Word document that may be published."""
    root = tmp_path_factory.mktemp("office")
    return made(params_file(root), root / "reports", "html", "docx")


@pytest.fixture
def folder(made_once, tmp_path):
    return Path(shutil.copytree(made_once, tmp_path / "reports" / "2021" / "canal"))


def told(folder):
    """Give (code, place) of what refuses."""
    return [(one.code, one.place) for one in judge(read_folder(sealed(folder))).refusals]


def word(folder, name, old, new):
    """Change a text in one part of the Word report."""
    path = folder / DOCX
    path.write_bytes(changed(path.read_bytes(), name, old, new))
    return folder


def added(folder, files):
    """Add parts to the Word report."""
    path = folder / DOCX
    path.write_bytes(packed(parts(path.read_bytes()) | files))
    return folder


def workbook(folder, fill):
    """Put a workbook beside the report."""
    book = openpyxl.Workbook()
    book.properties.creator = None
    book.properties.created = dt.datetime(2022, 4, 20)  # noqa: DTZ001
    fill(book)
    book.save(folder / XLSX)
    found = parts((folder / XLSX).read_bytes())  # openpyxl writes the clock's time
    found["docProps/core.xml"] = re.sub(
        rb"(modified[^>]*>)[^<]*", rb"\g<1>2022-04-20T00:00:00Z", found["docProps/core.xml"]
    )
    (folder / XLSX).write_bytes(packed(found))
    return folder


def test_a_word_report_and_a_workbook_pass(folder):
    workbook(folder, lambda book: book.active.append(["渠道", 8]))
    assert judge(read_folder(sealed(folder))).refusals == ()


# --- personal data, wherever it hides ---


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", "维修渠道长度", f"维修渠道长度 张三 {PHONE}"),
        ("word/document.xml", "</w:t></w:r>", f"</w:t></w:r><w:r><w:t>电话{PHONE[:4]}</w:t></w:r><w:r><w:t>{PHONE[4:]}</w:t></w:r>"),
        ("word/document.xml", "</w:t></w:r>", f"</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>身份证 {ID}</w:t></w:r>"),
        ("word/document.xml", 'descr="', f'descr="联系 {PHONE} '),
        ("word/document.xml", "<w:tblCaption w:val=\"", f'<w:tblCaption w:val="电话 {PHONE} '),
        ("word/footer1.xml", "</w:p>", f"<w:r><w:t>电话 {PHONE}</w:t></w:r></w:p>"),
        ("docProps/core.xml", "</cp:keywords>", f"电话 {PHONE}</cp:keywords>"),
        ("customXml/item1.xml", "</facts>", f"<!-- 电话 {PHONE} --></facts>"),
        (RELATIONS, "</Relationships>", f'<Relationship Id="x9" Type="{TYPES}/hyperlink" Target="mailto:{PHONE}@qq.com" TargetMode="External"/></Relationships>'),
    ],
)  # fmt: skip
def test_personal_data_is_found_in_every_part_of_a_document(folder, part, old, new):
    word(folder, part, old, new)
    found = [place for code, place in told(folder) if code == "D501"]
    assert found
    assert all(place.startswith(f"{DOCX} {part}") for place in found)


def test_numbers_of_two_cells_or_lines_are_not_read_as_one(folder):
    """1387451 in one line and 2345 in the next are no telephone number."""
    word(
        folder,
        "word/document.xml",
        "</w:t></w:r>",
        "</w:t></w:r><w:r><w:t>1387451</w:t><w:br/><w:t>2345</w:t></w:r>",
    )
    assert told(folder) == []


def hidden(book):
    sheet = book.create_sheet("隐藏")
    sheet.sheet_state = "veryHidden"
    sheet["B7"] = f"张三 {PHONE}"


def remark(book):
    book.active["A1"] = "甲"
    book.active["A1"].comment = Comment(f"电话 {PHONE}", "")


def number(book):
    book.active["C3"] = int(PHONE)


def prompt(book):
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1='"甲,乙"', promptTitle="说明", prompt=f"不懂请打 {PHONE}")
    rule.add("A1")
    book.active.add_data_validation(rule)


def named(book):
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["电话"] = DefinedName("电话", attr_text=f'"{PHONE}"')


def formula(book):
    book.active["A1"] = f'=IF(1,"","电话 {PHONE}")'


def header(book):
    book.active.oddHeader.center.text = f"电话 {PHONE}"


@pytest.mark.parametrize("fill", [hidden, remark, number, prompt, named, formula, header])
def test_personal_data_is_found_in_every_part_of_a_workbook(folder, fill):
    workbook(folder, fill)
    assert "D501" in [code for code, place in told(folder) if place.startswith(XLSX)]


# --- what runs, is fetched, or names somebody ---


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (RELATIONS, "</Relationships>", f'<Relationship Id="x9" Type="{TYPES}/image" Target="https://a.cn/x.png" TargetMode="External"/></Relationships>'),
        (RELATIONS, "</Relationships>", f'<Relationship Id="x9" Type="{TYPES}/attachedTemplate" Target="https://a.cn/x.dotm" TargetMode="External"/></Relationships>'),
        (RELATIONS, "</Relationships>", f'<Relationship Id="x9" Type="{TYPES}/hyperlink" Target="javascript:x" TargetMode="External"/></Relationships>'),
        (RELATIONS, "</Relationships>", f'<Relationship Id="x9" Type="{TYPES}/oleObject" Target="embeddings/x.bin"/></Relationships>'),
        ("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml"),
        ("word/document.xml", "</w:p>", "<w:r><w:instrText> DDEAU</w:instrText></w:r><w:r><w:instrText>TO cmd /c</w:instrText></w:r></w:p>"),
        ("word/document.xml", "</w:p>", '<w:fldSimple w:instr=" INCLUDEPICTURE https://a.cn/x.png "/></w:p>'),
        ("docProps/core.xml", "</dc:creator>", "张三</dc:creator>"),
        ("docProps/core.xml", "</cp:lastModifiedBy>", "张三</cp:lastModifiedBy>"),
        ("docProps/core.xml", "2022-04-20T00:00:00Z", "2022-04-20T09:30:00Z"),
        ("word/document.xml", "</w:p>", '</w:p><w:p><w:ins w:id="1" w:author="张三" w:date="2022-04-20T00:00:00Z"/></w:p>'),
    ],
)  # fmt: skip
def test_what_says_more_than_title_unit_and_date_is_refused(folder, part, old, new):
    word(folder, part, old, new)
    assert {code for code, _ in told(folder)} == {"G711"}


def test_parts_that_nobody_can_look_into_are_refused(folder):
    photo = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00 Canon EOS"
    added(folder, {"word/vbaProject.bin": b"\xd0\xcf", "word/media/photo.jpg": photo})
    assert told(folder) == [("G711", f"{DOCX} word/vbaProject.bin"), ("G711", f"{DOCX} word/media/photo.jpg")]


@pytest.mark.parametrize(
    "fill",
    [
        lambda book: book.active.__setitem__("A1", '=WEBSERVICE("https://a.cn/")'),
        lambda book: book.active.__setitem__("A1", "=cmd|'/c calc'!A0"),
        lambda book: book.active.__setitem__("A1", "=[1.xlsx]Sheet1!A1"),
        lambda book: setattr(book.properties, "creator", "张三"),
        lambda book: setattr(book.properties, "lastModifiedBy", "张三"),
        lambda book: book.active["A1"].__setattr__("comment", Comment("甲", "张三")),
    ],
)
def test_what_a_workbook_would_fetch_and_whom_it_names_is_refused(folder, fill):
    workbook(folder, fill)
    assert {code for code, _ in told(folder)} == {"G711"}


def test_a_path_of_a_machine_is_found(folder):
    word(folder, "word/document.xml", 'name="图 9000"', 'name="C:\\Users\\zhangsan\\图.png"')
    assert ("G712", f"{DOCX} word/document.xml C:\\Users\\zhangsan\\图.png") in told(folder)


# --- what belongs together, and what can be read ---


def test_other_facts_in_the_document_than_beside_it_are_refused(folder):
    word(folder, "customXml/item1.xml", "8公里", "9公里")
    assert ("G705", DOCX) in told(folder)


def test_a_file_that_rides_along_and_is_no_part_of_a_report_is_refused(folder):
    word(folder, "customXml/item1.xml", "</facts>", '<file name="名单.csv">甲</file></facts>')
    assert ("G704", f"{DOCX} 名单.csv") in told(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        packed({"a.txt": b"no document"}),
        packed({"[Content_Types].xml": b"<Types"}),
        packed({"[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>'}),
        packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * (office.MOST + 1)}),
        packed({"[Content_Types].xml": b"<Types/>"} | {f"x{n}.xml": b"<x/>" for n in range(office.PARTS)}),
    ],
    ids=["empty", "no zip", "no document", "damaged", "entities", "bomb", "thousands of parts"],
)
@pytest.mark.parametrize("name", [DOCX, XLSX])
def test_what_is_no_document_is_named_and_not_unpacked(folder, name, content):
    (folder / name).write_bytes(content)
    assert told(folder) == [("G706", name)]


def test_a_document_nested_beyond_reason_is_read_or_refused_but_breaks_nothing(folder):
    deep = b"<w:x xmlns:w='w'>" + b"<w:x>" * 50_000 + b"</w:x>" * 50_000 + b"</w:x>"
    added(folder, {"word/header9.xml": deep})
    told(folder)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_mutilated_document_is_read_or_refused_but_breaks_nothing(folder):
    content = (folder / DOCX).read_bytes()
    read = []
    for n in range(150):
        damaged = mutilated(content, random.Random(n))
        facts_of(damaged)
        try:
            read.append(office.read_package(damaged))
        except ValueError:
            continue
    assert 10 < len(read) < 140


def test_an_unlisted_document_is_refused(folder):
    shutil.copy(folder / DOCX, folder / XLSX)  # not sealed: the run did not write it
    assert [(one.code, one.place) for one in judge(read_folder(folder)).refusals] == [("G704", XLSX)]


def test_a_report_under_an_offices_own_head_passes(tmp_path):
    from report_folders import run_with

    path = head(tmp_path / "head.docx", "{{ unit }}文件", "{{ report }}")
    document = opened(path.read_bytes())
    document.core_properties.author, document.core_properties.comments = "张三", f"电话 {PHONE}"
    document.save(str(path))
    folder = run_with(params_file(tmp_path), tmp_path / "reports", ("html", "docx"), letterhead=str(path))
    assert judge(read_folder(folder)).refusals == ()  # of the head's own properties nothing is left


# --- what verify says of two that differ ---


def told_of(published, expected, name=DOCX):
    return [(one.kind, one.where.zh, one.message.zh) for one in compare_packages(name, published, expected)]


def test_a_changed_word_is_shown_with_its_paragraph(folder):
    ours = (folder / DOCX).read_bytes()
    theirs = changed(ours, "word/document.xml", "项目维修渠道8公里", "项目维修渠道9公里")
    [(kind, where, message)] = told_of(theirs, ours)
    assert (kind, message) == ("text", "公布 项目维修渠道9公里。，重算 项目维修渠道8公里。。")
    assert where.startswith("第 ")


def test_a_changed_cell_is_shown_with_its_address(folder):
    def book(value):
        workbook(folder, lambda one: one.active.append(["渠道", value]))
        return (folder / XLSX).read_bytes()

    assert told_of(book(9), book(8), XLSX) == [("text", "Sheet B1", "公布 9，重算 8。")]
    assert "Sheet B1" in [where for _, where, _ in told_of(book("甲"), book("乙"), XLSX)]


def test_what_no_reader_sees_is_named(folder):
    ours = (folder / DOCX).read_bytes()
    [(kind, _, message)] = told_of(changed(ours, "word/styles.xml", 'w:val="32"', 'w:val="30"'), ours)
    assert kind == "bytes"
    assert "样式（word/styles.xml）" in message
    [(kind, _, message)] = told_of(packed(parts(ours)), ours)
    assert "内容全部相同，只是打包不同" in message
    assert told_of(b"broken", ours)[0][2] == "已损坏，读不出。"


def test_under_an_offices_own_head_the_words_of_the_report_are_compared(folder, tmp_path):
    from report_folders import run_with

    ours = (folder / DOCX).read_bytes()
    for lines in (("甲局文件", "{{ report }}", "抄送"), ("{{ title }}", "{{ body }}")):
        path = head(tmp_path / "head.docx", *lines)
        other = run_with(params_file(tmp_path), tmp_path / "reports", ("docx",), letterhead=str(path))
        theirs = (other / DOCX).read_bytes()
        assert compare_under_head(DOCX, theirs, ours) == []
        forged = changed(theirs, "word/document.xml", "项目维修渠道8公里", "项目维修渠道9公里")
        assert [one.published for one in compare_under_head(DOCX, forged, ours)] == ["项目维修渠道9公里。"]


def test_a_report_of_four_formats_is_offered_with_all_of_them(folder, tmp_path):
    """Word and workbooks are downloads of the site, with their words and hashes like the others."""
    from wenxiao.publishing.manifest import published_files
    from wenxiao.publishing.published import DOWNLOADS

    assert {"report.docx", "form.xlsx", "report.xlsx"} <= set(DOWNLOADS)
    assert DOCX in published_files(read_folder(folder).provenance)
    assert FACTS["project"]["name"] not in DOWNLOADS.values()

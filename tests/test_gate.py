"""The disclosure gate: what may be published, what may not, and why."""

import datetime as dt
import inspect
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from helpers import PARAMS
from report_folders import FACTS, SANCTIONED, made, params_file, sealed
from wenxiao.findings import KINDS
from wenxiao.model import Disclosure
from wenxiao.publishing import gate
from wenxiao.publishing.folders import ReportFolder, Unreadable, read_folder, read_folders
from wenxiao.publishing.gate import examine, facts, judge, properties, reasons
from wenxiao.rendering.pdf import NO_DATE

PHONE = "13874512345"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """A report that may be published."""
    root = tmp_path_factory.mktemp("gate")
    return made(params_file(root), root / "reports")


@pytest.fixture
def folder(made_once, tmp_path):
    """A copy of it to do something to."""
    return Path(shutil.copytree(made_once, tmp_path / "reports" / "2021" / "canal"))


def codes(folder, on=None):
    return [one.code for one in examine(read_folder(folder), on)]


def told(folder):
    """Give (code, place) of what refuses."""
    return [(one.code, one.place) for one in examine(read_folder(folder))]


def page(folder, change):
    """Change the text of report.html, as if the run had written it so."""
    path = folder / "report.html"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    return sealed(folder)


def notebook(folder, change):
    path = folder / "report.ipynb"
    nb = json.loads(path.read_text(encoding="utf-8"))
    change(nb)
    path.write_text(json.dumps(nb, ensure_ascii=False), encoding="utf-8")
    return sealed(folder)


def pdf(folder, change):
    path = folder / "report.pdf"
    writer = PdfWriter(clone_from=io.BytesIO(path.read_bytes()))
    change(writer)
    writer.write(path)
    return sealed(folder)


def record(folder, change):
    path = folder / "evaluation.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return sealed(folder)


def test_a_sanctioned_report_passes(folder):
    assert judge(read_folder(folder)) == reasons.Verdict()


def test_every_reason_is_said_in_both_languages():
    for reason, (wrong, remedy) in reasons.REASONS.items():
        assert all(words.zh and words.en for words in (wrong, remedy)), reason


def test_the_table_of_codes_is_complete():
    source = "".join(inspect.getsource(module) for module in (gate, facts, properties))
    assert set(re.findall(r'"(G7\d\d)"', source)) == set(re.findall(r"^(G7\d\d) ", reasons.__doc__, re.M))


# --- folders ---


def test_folders_come_sorted_and_one_bad_one_stops_nothing(folder):
    reports = folder.parent.parent
    for place in ("2020/zebra", "2020/adder", "2019/clinic"):
        shutil.copytree(folder, reports / place)
        record(reports / place, lambda data, place=place: data["project"].update(year=int(place[:4])))
    (reports / "2020" / "adder" / "evaluation.json").write_text('{"schema": ', encoding="utf-8")
    (reports / ".wenxiao" / "half").mkdir(parents=True)
    (reports / "run.jsonl").touch()
    found = list(read_folders(reports))
    assert [one.place for one in found] == ["2019/clinic", "2020/adder", "2020/zebra", "2021/canal"]
    assert [type(one) for one in found] == [ReportFolder, Unreadable, ReportFolder, ReportFolder]


def damage(name, content):
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        (lambda folder: (folder / "provenance.json").unlink(), "没有 provenance.json"),
        (lambda folder: (folder / "evaluation.json").unlink(), "没有 evaluation.json"),
        (damage("provenance.json", b""), "provenance.json 已损坏"),
        (damage("provenance.json", b'{"files": {"../x": "0"}}'), "provenance.json 已损坏"),
        (damage("provenance.json", b'{"files": {"x": "0"}}'), "provenance.json 已损坏"),
        (damage("evaluation.json", b"\xff"), "evaluation.json 已损坏"),
        (damage("evaluation.json", b"[" * 100_000), "evaluation.json 已损坏"),
        (damage("evaluation.json", b"[]"), "evaluation.json 已损坏"),
        (damage("evaluation.json", b'{"schema": "wenxiao/evaluation/1"}'), "evaluation.json 已损坏"),
        (lambda folder: record(folder, lambda data: data.update(findings=["?"])), "evaluation.json 已损坏"),
        (lambda folder: record(folder, lambda data: data["project"].update(year=2020)), "评价年度却是 2020"),
    ],
)
def test_what_is_no_report_is_said_in_words(folder, damaged, words):
    damaged(folder)
    found = read_folder(folder)
    assert isinstance(found, Unreadable)
    (told,) = examine(found)
    assert (told.code, told.place) == ("G700", "2021/canal")
    assert words in told.words.zh
    assert told.remedy.en


def test_a_folder_that_is_no_year_is_named(tmp_path):
    (tmp_path / "草稿" / "canal").mkdir(parents=True)
    (found,) = read_folders(tmp_path)
    assert isinstance(found, Unreadable)
    assert "草稿" in found.words.zh


# --- the files of the run, as the run wrote them ---

FILES = ["params.yaml", "evaluation.json", "report.ipynb", "report.html", "report.pdf"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_edited_by_hand_is_named(folder, name):
    with (folder / name).open("ab") as stream:
        stream.write(b"\n")
    assert told(folder) == [("G702", name)]


@pytest.mark.parametrize("name", [name for name in FILES if name != "evaluation.json"])
def test_a_file_taken_away_is_named(folder, name):
    (folder / name).unlink()
    assert ("G703", name) in told(folder)


def test_a_report_without_pdf_is_whole(folder):
    (folder / "report.pdf").unlink()
    assert told(sealed(folder)) == []


@pytest.mark.parametrize(
    "name", ["notes.txt", "report (1).docx", "张三.jpg", "report (1).pdf", ".ipynb_checkpoints/x"]
)
def test_a_file_no_run_writes_is_named(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x", encoding="utf-8")
    assert ("G704", name.partition("/")[0]) in told(folder)
    if "/" not in name:
        assert ("G704", name) in told(sealed(folder)), "listed or not"


def test_what_a_file_manager_leaves_is_passed_over(folder):
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    assert told(folder) == []


def test_parts_of_different_runs_are_refused(folder):
    record(folder, lambda data: data["budget"].update(outturn="99"))
    assert told(folder) == [("G705", "report.ipynb"), ("G705", "report.pdf")]
    params = folder / "params.yaml"
    params.write_text(params.read_text("utf-8").replace("某县水利局", "某县林业局"), encoding="utf-8")
    assert ("G705", "params.yaml") in told(sealed(folder))


def test_facts_of_another_run_are_refused(folder):
    about = json.loads((folder / "provenance.json").read_text("utf-8"))
    about["inputs"]["params"] = "0" * 64
    (folder / "provenance.json").write_text(json.dumps(about), encoding="utf-8")
    assert told(folder) == [("G705", "params.yaml")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7\nnothing"),
        ("report.pdf", b""),
        ("report.ipynb", b"{"),
        ("report.ipynb", b"[" * 100_000),
        ("report.ipynb", b'{"cells": [1]}'),
        ("report.ipynb", b'{"cells": [{"outputs": {"data": []}}]}'),
        ("report.html", b"\xff\xfe"),
        ("params.yaml", b"schema: wenxiao/1\n"),
        ("params.yaml", b"\xff"),
        ("params.yaml", b"a: b: c"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(folder, name, content):
    (folder / name).write_bytes(content)
    assert ("G706", name) in told(sealed(folder))


# --- what the facts say ---

PUBLIC = dict(SANCTIONED)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"classification": "secret"}, ["D502"]),
        ({"classification": "internal"}, ["D502"]),
        ({"classification": None}, ["D502"]),
        ({"reviewed_by": None}, ["D502"]),
        ({"reviewed_on": None}, ["D502"]),
        ({"approved_by": None}, ["D502"]),
        ({"approved_on": None}, ["D502"]),
        ({"approved_on": "2022-04-30"}, ["G707"]),
        ({"approved_on": "2022-05-01"}, []),
        ({"reviewed_on": "2020-12-31"}, ["G707"]),
        ({"reviewed_on": "2021-01-01"}, []),
        ({"approved_on": "2022-06-02"}, ["G707"]),
        ({"approved_on": "2022-06-01"}, []),
        ({"classification": "secret", "approved_by": None, "approved_on": "2020-01-01"}, ["D502", "D502", "G707", "G707"]),
    ],
)  # fmt: skip
def test_classified_public_reviewed_and_approved(changes, expected):
    stated = Disclosure.model_validate(PUBLIC | changes)
    assert [one.code for one in facts.sanctioned(stated, 2021, dt.date(2022, 6, 1))] == expected


def test_a_file_without_disclosure_is_refused(tmp_path):
    changes = {key: value for key, value in FACTS.items() if key != "disclosure"}
    folder = made(params_file(tmp_path, changes), tmp_path / "reports", "html")
    assert told(folder) == [
        ("D502", "params.yaml disclosure.classification"), ("D502", "params.yaml disclosure"),
    ]  # fmt: skip


def test_an_approval_after_the_day_of_publication_is_refused(folder):
    assert codes(folder, dt.date(2022, 5, 6)) == []
    assert codes(folder, dt.date(2022, 5, 5)) == ["G707"]


def test_a_what_if_report_is_refused(folder):
    record(folder, lambda data: data.update(overrides={"budget.total.outturn": "99"}))
    (one,) = (one for one in examine(read_folder(folder)) if one.code == "G701")
    assert "budget.total.outturn" in one.words.zh


WRONG = {"printed": {"total": "90", "grade": "良"}}


def test_an_open_error_is_refused_under_its_own_code(tmp_path):
    found = examine(read_folder(made(params_file(tmp_path, **WRONG), tmp_path / "reports", "html")))
    assert found
    assert all(one.code in KINDS for one in found)
    assert all("acknowledged" in one.remedy.zh for one in found)


@pytest.mark.parametrize(
    ("reason", "passes"), [("原表如此，已向财政局书面说明。", True), ("无", False), ("。", False)]
)
def test_an_answered_error_passes_and_an_empty_answer_does_not(tmp_path, reason, passes):
    every = [{"code": code, "reason": reason} for code in ("S202", "S203", "S204", "I314")]
    folder = made(params_file(tmp_path, acknowledged=every, **WRONG), tmp_path / "reports", "html")
    assert (codes(folder) == []) is passes


def test_what_a_template_left_in_is_a_draft(tmp_path):
    folder = made(
        params_file(tmp_path, narrative={"overview": "请填写项目背景"}), tmp_path / "reports", "html"
    )
    assert told(folder) == [("T403", "params.yaml narrative.overview")]


@pytest.mark.parametrize(
    ("stem", "name", "found"),
    [
        ("canal-draft", "灌区渠道维修", "draft"),
        ("canal_初稿2", "灌区渠道维修", "初稿"),
        ("canal", "灌区渠道维修（征求意见稿）", "征求意见稿"),
        ("canal", "灌区渠道维修【草稿】", "草稿"),
        ("draftsmen-training", "制图员培训", None),
        ("canal", "灌区管理办法征求意见稿编制", None),
        ("overdraft", "（初稿）编制费", None),
    ],
)
def test_a_draft_by_its_own_words(stem, name, found):
    about = {"name": name, "year": 2021, "unit": "某局"}
    one = ReportFolder(Path("2021") / stem, 2021, stem, {"project": about}, {})
    assert [refused.words.zh.split("”")[0][1:] for refused in facts.unfinished(one)] == (
        [found] if found else []
    )


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ({"title": "验收报告", "file": "acceptance.pdf"}, []),
        ({"title": "验收报告"}, ["G708"]),
        ({"title": "验收报告", "sha256": "0" * 64}, ["G708"]),
    ],
)
def test_evidence_must_be_verifiable(tmp_path, evidence, expected):
    (tmp_path / "acceptance.pdf").write_bytes(b"x")
    rows = [FACTS["indicators"][0] | {"evidence": [evidence]}, *FACTS["indicators"][1:]]
    assert codes(made(params_file(tmp_path, indicators=rows), tmp_path / "reports", "html")) == expected


@pytest.mark.parametrize("part", ["contact: {name: 某人}", "redact: [某词]"])
def test_contact_and_the_words_to_hide_may_not_stand_beside_the_report(folder, part):
    with (folder / "params.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"{part}\n")
    assert ("G710", f"params.yaml {part.partition(':')[0]}") in told(sealed(folder))


# --- personal data, wherever they hide ---

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + bytes(17)
    + b"\x00\x00\x00\x20tEXtComment\x00Tel "
    + PHONE.encode()
    + bytes(4)
)


def source(text, **metadata):
    cell = {
        "cell_type": "code",
        "id": "x",
        "metadata": metadata,
        "source": text,
        "outputs": [],
        "execution_count": None,
    }
    return lambda nb: nb["cells"].append(cell)


def output(data, **metadata):
    one = {"output_type": "display_data", "data": data, "metadata": metadata}
    return lambda nb: nb["cells"][-1]["outputs"].append(one)


def base64_of(content):
    import base64

    return base64.b64encode(content).decode()


SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {PHONE} --><path d="M 1 2"/></svg>'
HIDDEN_IN_NOTEBOOK = {
    "source": source(f"# 联系{PHONE}"),
    "hidden cell": source(f"x = '{PHONE}'", tags=["remove"]),
    "cell metadata": source("", note=PHONE),
    "a metadata key": source("", **{PHONE: 1}),
    "attachment": lambda nb: nb["cells"].append(
        {
            "cell_type": "markdown",
            "id": "y",
            "metadata": {},
            "source": "",
            "attachments": {f"{PHONE}.png": {}},
        }
    ),
    "notebook metadata": lambda nb: nb["metadata"].update(kernelspec={"display_name": PHONE}),
    "text output": output({"text/plain": ["电话\n", PHONE]}),
    "html split by bold": output({"text/html": f"<p>{PHONE[:3]}<b>{PHONE[3:7]}</b>{PHONE[7:]}</p>"}),
    "html entities": output({"text/html": "<p>&#49;&#51;&#56;74512345</p>"}),
    "html attribute": output({"text/html": f'<img alt="{PHONE}">'}),
    "html comment": output({"text/html": f"<p>x</p><!-- {PHONE} -->"}),
    "picture in html": output(
        {"text/html": f'<img src="data:image/svg+xml;base64,{base64_of(SVG.encode())}">'}
    ),
    "comment in a drawing": output({"image/svg+xml": SVG.splitlines(keepends=True)}),
    "header of a picture": output({"image/png": base64_of(PNG)}),
    "json output": output({"application/json": {"a": [{"b": f"电话{PHONE}"}]}}),
    "alt text": output({"text/plain": "x"}, alt=f"图{PHONE}"),
}


@pytest.mark.parametrize("hide", HIDDEN_IN_NOTEBOOK.values(), ids=HIDDEN_IN_NOTEBOOK)
def test_a_number_hidden_in_a_notebook_is_found(folder, hide):
    found = told(notebook(folder, hide))
    assert [(code, place.split()[0]) for code, place in found if code == "D501"] == [("D501", "report.ipynb")]


HIDDEN_IN_PAGE = {
    "text": lambda text: text.replace("</main>", f"<p>{PHONE}</p></main>"),
    "split by bold": lambda text: text.replace(
        "</main>", f"<p>{PHONE[:7]}<strong>{PHONE[7:]}</strong></p></main>"
    ),
    "attribute": lambda text: text.replace("<main", f'<main aria-label="{PHONE}"'),
    "link": lambda text: text.replace("</main>", f'<a href="tel:+86{PHONE}">电话</a></main>'),
    "comment": lambda text: text.replace("</main>", f"<!-- {PHONE} --></main>"),
    "style": lambda text: text.replace("</style>", f"/* {PHONE} */</style>"),
    "meta": lambda text: text.replace("</head>", f'<meta name="keywords" content="{PHONE}"></head>'),
    "picture": lambda text: text.replace(
        "</main>", f'<img src="data:image/svg+xml;base64,{base64_of(SVG.encode())}"></main>'
    ),
}


@pytest.mark.parametrize("hide", HIDDEN_IN_PAGE.values(), ids=HIDDEN_IN_PAGE)
def test_a_number_hidden_in_a_page_is_found(folder, hide):
    assert ("D501", "report.html") in told(page(folder, hide))


@pytest.mark.parametrize("key", ["/Title", "/Subject", "/Keywords", "/Author", "/Creator"])
def test_a_number_in_a_property_of_the_pdf_is_found(folder, key):
    found = told(pdf(folder, lambda writer: writer.add_metadata({key: f"电话{PHONE}"})))
    assert ("D501", f"report.pdf {key}") in found


def test_a_number_in_comments_rubric_and_folder_name_is_found(folder):
    with (folder / "params.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"# {PHONE}\n")
    (folder / "rubric.yaml").write_text(f"# {PHONE[:-1]}6\nid: x\n", encoding="utf-8")
    moved = sealed(folder).rename(folder.parent / "canal-15974512346")
    found = told(moved)
    for place in ("params.yaml", "rubric.yaml 1", "2021/canal-15974512346"):
        assert ("D501", place) in found


def test_the_field_is_named_and_its_copies_are_not(tmp_path):
    said = {"overview": f"联系人：张三，电话{PHONE}。", "other": f"投诉请拨{PHONE}。"}
    found = examine(read_folder(made(params_file(tmp_path, narrative=said), tmp_path / "reports")))
    places = [one.place for one in found if one.place.startswith("params.yaml narrative")]
    assert places == ["params.yaml narrative.overview", "params.yaml narrative.other"]
    assert {one.place.split()[0] for one in found if one.code == "D501" and "手机号" in one.words.zh} == {
        "params.yaml"
    }
    assert any("张* 138****2345" in one.words.zh for one in found)
    assert not any(PHONE in one.text(language) for one in found for language in ("zh", "en"))


def test_consent_can_not_be_acknowledged_away(tmp_path):
    every = [{"code": "D501", "reason": "已取得本人同意。"}, {"code": "D502", "reason": "已口头同意。"}]
    said = {"overview": f"联系人：张三，电话{PHONE}。"}
    folder = made(params_file(tmp_path, narrative=said, acknowledged=every), tmp_path / "reports", "html")
    assert ("D501", "params.yaml narrative.overview") in told(folder)


def test_an_offices_telephone_is_told_and_does_not_refuse(tmp_path):
    said = {"overview": "监督电话：0745-6212345，邮箱 office@example.gov.cn。"}
    verdict = judge(read_folder(made(params_file(tmp_path, narrative=said), tmp_path / "reports", "html")))
    assert verdict.passed
    assert [(one.code, one.place) for one in verdict.notes] == [("D501", "params.yaml narrative.overview")]
    assert "固定电话" in verdict.notes[0].words.zh


def test_a_name_beside_it_refuses(tmp_path):
    said = {"overview": "联系人：张三，电话0745-6212345。"}
    folder = made(params_file(tmp_path, narrative=said), tmp_path / "reports", "html")
    assert ("D501", "params.yaml narrative.overview") in told(folder)


def test_an_unsigned_report_is_told_and_passes(tmp_path):
    verdict = judge(read_folder(made(params_file(tmp_path, signed={}), tmp_path / "reports")))
    assert verdict.passed
    assert [one.code for one in verdict.notes] == ["T404"]


# --- properties and traces of machines ---


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/Author", "张三"),
        ("/CreationDate", "D:20220420093015+08'00'"),
        ("/ModDate", "D:20261125000000Z"),
        ("/CreationDate", "yesterday"),
        ("/Company", "某公司"),
    ],
)
def test_a_property_that_says_too_much_is_named(folder, key, value):
    assert told(pdf(folder, lambda writer: writer.add_metadata({key: value}))) == [
        ("G711", f"report.pdf {key}")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<xmp:CreateDate>2022-04-20T00:00:00", "<xmp:CreateDate>2022-04-20T09:30:15"),
        ("<xmp:CreateDate>2022-04-20T", "<xmp:CreateDate>2022-04-21T"),
        ("<dc:creator><rdf:Seq><rdf:li>某县水利局", "<dc:creator><rdf:Seq><rdf:li>张三"),
    ],
)
def test_the_pdfs_xmp_is_read_too(folder, old, new):
    def change(writer):
        stream = writer.root_object["/Metadata"].get_object()
        text = stream.get_data().decode("utf-8")
        assert old in text
        stream.set_data(text.replace(old, new).encode("utf-8"))

    assert {code for code, _ in told(pdf(folder, change))} == {"G711"}


def test_a_pdf_that_carries_more_or_runs_something_is_refused(folder):
    def change(writer):
        writer.add_attachment("工资表.xlsx", b"x")
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject()

    found = told(pdf(folder, change))
    assert ("G704", "report.pdf 工资表.xlsx") in found
    assert ("G711", "report.pdf") in found


def test_a_pdf_with_another_evaluation_inside_is_refused(folder, tmp_path_factory):
    root = tmp_path_factory.mktemp("other")
    budget = {"amount_unit": "万元", "total": {"original": "100", "adjusted": "100", "outturn": "90"}}
    other = made(params_file(root, budget=budget), root / "reports")
    shutil.copyfile(other / "report.pdf", folder / "report.pdf")
    assert ("G705", "report.pdf") in told(sealed(folder))


@pytest.mark.parametrize(
    "change",
    [
        lambda nb: nb["metadata"].update(authors=[{"name": "张三"}]),
        lambda nb: nb["metadata"].update(papermill={"duration": 3}),
        lambda nb: nb["cells"][0]["metadata"].update(execution={"iopub.execute_input": "x"}),
        lambda nb: nb["cells"][0]["metadata"].update(saved="2026-11-25T09:30:15"),
        output({"image/jpeg": "AAAA"}),
    ],
)
def test_metadata_that_tell_of_the_run_are_named(folder, change):
    assert [(c, p.split()[0]) for c, p in told(notebook(folder, change))] == [("G711", "report.ipynb")]


@pytest.mark.parametrize(
    ("tag", "refused"),
    [
        ('<meta name="author" content="张三">', True),
        ('<meta name="author" content="某县水利局">', False),
        ("<meta property='article:author' content='张三'>", True),
        ('<meta name="date" content="2026-11-25T09:30:15+08:00">', True),
        ('<meta name="description" content="自评报告">', False),
    ],
)
def test_meta_elements_of_the_page(folder, tag, refused):
    found = told(page(folder, lambda text: text.replace("</head>", f"{tag}</head>")))
    assert ([code for code, _ in found] == ["G711"]) is refused


@pytest.mark.parametrize(
    "path",
    [
        "/home/zhangsan/params.yaml", "/Users/zhangsan/报告", "/tmp/pytest-1/x", "/root/.cache", r"C:\Users\张三\Desktop\报告.docx",
        r"D:\绩效\2021", r"\\FILESERVER\绩效\报告", "file:///home/x", "C:/Users/zhangsan",
    ],
)  # fmt: skip
def test_a_path_of_a_machine_is_refused(folder, path):
    found = told(notebook(folder, output({"text/plain": f"读取“{path}”完成"})))
    assert [(code, place.split()[0]) for code, place in found] == [("G712", "report.ipynb")]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.gov.cn/home/zhangsan", "每年/每次", "个/套", "2021/05/31", "完成/未完成", "比例为 A:B", "10kV/0.4kV",
        "见 docs/tmp/readme", "和/或", "C:需整改", "/",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_path_passes(folder, text):
    assert told(notebook(folder, output({"text/plain": text}))) == []


def test_the_gate_knows_the_date_of_an_undated_pdf():
    assert properties.UNDATED == NO_DATE


# --- the real reports ---

PASSING = {
    "haidian-xueyuanlu", "huanggang-soil-water", "ningde-earthquake", "yongde-minglang-school", "yunnan-emergency-transfer",
    "zhongfang-disabled-rehab", "xiaoxian-zhangzhuangzhai",
}  # fmt: skip


@pytest.mark.parametrize("params", PARAMS, ids=lambda path: path.stem)
def test_the_real_reports(params, tmp_path):
    found = codes(made(params, tmp_path))
    assert (found == []) is (params.stem in PASSING)
    if found:
        assert "D502" in found
        assert any(code[0] in "BSIT" for code in found), "an error of its own, too"

"""``wenxiao verify``: whatever was changed after publication is found, and its place is named."""

import json
import os
import shutil
import sys
from unittest import mock

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import report_folders
from helpers import ROOT, evaluated, project
from report_folders import FACTS, made, params_file, run_with, sealed
from tampering import flip_byte, replace_in_pdf, replace_text, reseal
from test_signing import PRIVATE, PUBLIC
from wenxiao.cli import app
from wenxiao.loading import shown_where
from wenxiao.publishing.verifying import UnusableError, told, verify
from wenxiao.publishing.verifying.documents import read_document
from wenxiao.publishing.verifying.environment import template
from wenxiao.publishing.verifying.records import compare_records
from wenxiao.publishing.verifying.texts import excerpts
from wenxiao.running.project import run_project
from wenxiao.visible import visible
from word_files import changed, head

CANAL, CLINIC = "2021/canal", "2021/clinic"
EDITED = "公布之后被改过"


def wenxiao(*arguments, language="zh"):
    return CliRunner().invoke(app, ["--lang", language, *map(str, arguments)])


def publish(root, *more, date="2026-11-25"):
    done = wenxiao("publish", root / "reports", "-o", root / "site", "--date", date, *more)
    assert done.exit_code in (0, 1), done.output
    return root / "site"


def report(root, stem, name, **changes):
    facts = FACTS | {"project": FACTS["project"] | {"name": name}} | changes
    return made(params_file(root / "params", facts, stem), root / "reports")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Two reports and the site of them, signed: made once, copied for each test."""
    root = tmp_path_factory.mktemp("verified")
    (root / "key").write_text(PRIVATE, encoding="ascii")
    (root / "key").chmod(0o600)
    report(root, "canal", "灌区渠道维修")
    report(root, "clinic", "乡镇卫生院设备购置")
    publish(root, "--sign", root / "key", "--base-url", "https://www.example.gov.cn/jixiao/")
    return root


@pytest.fixture
def root(first, tmp_path):
    shutil.copytree(first, tmp_path / "w", symlinks=True)
    return tmp_path / "w"


@pytest.fixture
def folder(root):
    return root / "reports" / CANAL


@pytest.fixture
def site(root):
    return root / "site"


@pytest.fixture(autouse=True)
def nearby(request, monkeypatch):
    """Make reports again in this process, without the seconds that workers and kernels take; and keep off the disk."""
    monkeypatch.setattr(os, "sync", lambda: None, raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    if request.node.get_closest_marker("kernel"):
        return

    def run_jobs(jobs, workers, tell):
        for job in jobs:
            tell(run_project(job))

    monkeypatch.setattr("wenxiao.publishing.verifying.remaking.run_jobs", run_jobs)
    monkeypatch.setattr("wenxiao.running.project.execute", report_folders._executed)


def places(result):
    return [(one.kind, one.file, one.where.zh) for one in result.differences]


def only(result):
    assert len(result.differences) == 1, "\n".join(told(result, "zh"))
    return result.differences[0]


def edit_json(path, change):
    about = json.loads(path.read_text(encoding="utf-8"))
    change(about)
    path.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


# --- nothing was changed ---


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_what_was_published_is_identical_when_workers_and_kernels_make_it_again(root, monkeypatch):
    assert wenxiao("run", root / "params", "-o", root / "reports", "--force", "-j", 2).exit_code == 0
    publish(root, "--sign", root / "key")
    hostile = root / "hostile"
    hostile.mkdir()
    for name in ("multiprocessing", "pickle", "struct", "pandas", "matplotlib", "wenxiao", "sitecustomize"):
        (hostile / f"{name}.py").write_text(
            f"open({str(hostile / 'run')!r}, 'a').write('{name}')", encoding="ascii"
        )
    monkeypatch.chdir(hostile)
    done = wenxiao("verify", root / "site", "--key", PUBLIC, "-j", 2)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("一致")
    assert "重新生成 2 份" in done.output
    assert not (hostile / "run").exists(), "nothing that lies in the working folder is run"


def test_a_site_is_checked_in_all_its_parts(site):
    result = verify(site, key=PUBLIC)
    assert result.identical, "\n".join(told(result, "zh"))
    said = "\n".join(words.zh for words in result.same)
    for part in (
        "SHA256SUMS：",
        "签名：",
        "日志：1 个年度共 2 行",
        "报告：重新生成 2 份",
        "projects.csv：2 行",
        "scores.csv：6 行",
        "网页和数据：重新生成",
    ):
        assert part in said
    assert [(year, size) for year, size, _ in result.heads] == [(2021, 2)]
    assert all(part.same for part in result.environment)


def test_a_page_folder_of_the_site_can_be_verified_by_itself(site):
    assert verify(site / CANAL).identical


def test_corrected_and_withdrawn_reports_leave_a_site_that_verifies(root):
    ((_, *kept),) = verify(root / "site", rerun=False).heads
    report(
        root,
        "canal",
        "灌区渠道维修",
        budget={"amount_unit": "万元", "total": {"adjusted": "100", "outturn": "90"}},
    )
    publish(root, "--because", "执行数录入有误", date="2026-11-26")
    report(
        root, "clinic", "乡镇卫生院设备购置", disclosure=FACTS["disclosure"] | {"classification": "secret"}
    )
    site = publish(root, date="2026-11-27")
    result = verify(site, heads=[tuple(kept)])
    assert result.identical, "\n".join(told(result, "zh"))
    assert "网站没有签名" in result.unchecked[0].zh
    replace_text(site / CANAL / "history/0/evaluation.json", '"100"', '"101"')
    reseal(site)
    assert only(verify(site, rerun=False)).file == f"{CANAL}/history/0/evaluation.json"


# --- a report folder ---


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "shown"),
    [
        ("evaluation.json", '"outturn": "100"', '"outturn": "101"', "budget.outturn（全年执行数）", ("101", "100")),
        ("evaluation.json", '"score": "50.00"', '"score": "60.00"', "indicators[0].score（“维修渠道长度”的得分）", ("60.00", "50.00")),
        ("report.html", "执行率 100.00%", "执行率 99.00%", "“2021年度灌区渠道维修项目支出绩效自评报告”一节", ("99.00%", "100.00%")),
        ("report.html", 'lang="zh-CN"', 'lang="zh-TW"', "源代码第 2 行（不在文字里）", ("zh-TW", "zh-CN")),
        ("report.ipynb", "执行率 100.00%", "执行率 99.00%", "第 4 格的结果，“2021年度灌区渠道维修项目支出绩效自评报告”一节", ("99.00%", "100.00%")),
        ("params.yaml", "actual: 8公里", "actual: 9公里", "第", ("9公里", "8公里")),
    ],
)  # fmt: skip
def test_a_changed_digit_is_found_and_its_place_named(folder, name, old, new, where, shown):
    replace_text(folder / name, old, new)
    one = only(verify(folder))
    assert one.file == name
    assert one.where.zh.startswith(where)
    assert shown[0] in one.published
    assert shown[1] in one.expected
    assert EDITED in one.cause.zh


def test_a_changed_line_of_the_facts_is_named_by_the_copy_in_the_pdf(folder):
    lines = (folder / "params.yaml").read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, 1) if "outturn" in line)
    replace_text(folder / "params.yaml", lines[number - 1], lines[number - 1].replace("100", "90"))
    one = only(verify(folder))
    assert one.where.zh == f"第 {number} 行"
    assert "PDF 所附的是公布时的原件" in one.cause.zh


def test_without_that_copy_changed_facts_show_in_the_results(folder):
    (folder / "report.pdf").unlink()
    edit_json(folder / "provenance.json", lambda about: about["files"].pop("report.pdf"))
    replace_text(folder / "params.yaml", "outturn: !!float '100'", "outturn: 90")
    result = verify(folder)
    assert ("changed", "params.yaml", "") in places(result)
    assert ("number", "evaluation.json", "budget.outturn（全年执行数）") in places(result)
    assert {file for _, file, _ in places(result)} == {"params.yaml", "evaluation.json"}
    assert "report.html" in result.unchecked[0].zh


def test_a_digit_in_the_pdf_is_found_on_its_page(folder):
    page = replace_in_pdf(folder / "report.pdf", "100.00%", "100.01%")
    one = only(verify(folder))
    assert (one.kind, one.file, one.where.zh) == ("text", "report.pdf", f"第 {page} 页")
    assert "100.01%" in one.published
    assert "100.00%" in one.expected


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_one_bit_of_the_pdf_is_found(folder, part):
    size = (folder / "report.pdf").stat().st_size
    flip_byte(folder / "report.pdf", int(size * part))
    result = verify(folder)
    assert {one.file for one in result.differences} == {"report.pdf"}
    assert EDITED in result.differences[0].cause.zh


def test_properties_of_the_pdf_are_compared(folder):
    with pikepdf.open(folder / "report.pdf", allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Author"] = "别人"
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))
        pdf.save(deterministic_id=True)
    said = "".join(one.message.zh for one in verify(folder).differences)
    assert "文件属性 Author 不同：公布 别人，重算 某县水利局" in said
    assert "/OpenAction" in said


def test_missing_and_additional_files_are_named(folder):
    (folder / "report.html").unlink()
    (folder / "note.txt").write_text("x", encoding="utf-8")
    assert places(verify(folder)) == [("missing", "report.html", ""), ("extra", "note.txt", "")]


def test_a_changed_list_is_told_from_a_changed_file(folder):
    edit_json(folder / "provenance.json", lambda about: about["files"].update({"report.html": "0" * 64}))
    one = only(verify(folder))
    assert (one.file, one.where.zh) == ("provenance.json", "files.report.html")
    assert "被改的是清单" in one.said.zh


def test_a_list_made_anew_after_the_change_helps_nobody(folder):
    replace_text(folder / "report.html", "执行率 100.00%", "执行率 99.00%")
    one = only(verify(sealed(folder)))
    assert one.file == "report.html"
    assert "文件和清单可能一起被改过" in one.cause.zh


def test_other_software_is_named_and_is_no_difference_by_itself(folder):
    edit_json(folder / "provenance.json", lambda about: about["inputs"]["versions"].update(wenxiao="0.1.0"))
    result = verify(folder)
    assert result.identical
    assert "wenxiao 版本：公布时 0.1.0，这里" in "\n".join(told(result, "zh"))
    replace_text(folder / "report.html", "执行率 100.00%", "执行率 99.00%")
    about = json.loads((folder / "provenance.json").read_text("utf-8"))
    sealed(folder)
    edit_json(folder / "provenance.json", lambda new: new.update(inputs=about["inputs"]))
    assert "很可能因为软件不同（公布时 → 这里）：wenxiao 版本 0.1.0 →" in only(verify(folder)).cause.zh


def test_with_another_template_numbers_count_and_pages_must_be_the_notebooks(root):
    own = json.loads((ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"))
    own["cells"][3]["source"] = ["## 本局的说明\n"]
    (root / "own.ipynb").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    with mock.patch("report_folders.template_path", return_value=root / "own.ipynb"):
        folder = report(root, "canal", "灌区渠道维修")
    result = verify(folder)
    assert result.identical, "\n".join(told(result, "zh"))
    assert "另一份模板" in result.unchecked[0].zh
    replace_text(folder / "report.html", "本局的说明", "外局的说明")
    replace_text(folder / "evaluation.json", '"outturn": "100"', '"outturn": "101"')
    found = places(verify(folder))
    assert ("number", "evaluation.json", "budget.outturn（全年执行数）") in found
    assert ("text", "report.html", "“本局的说明”一节") in found or any(
        file == "report.html" for _, file, _ in found
    )


# --- Word reports ---


def with_word(root, *lines, template=None):
    """Make the report of the canal with a Word document, under an office's own head where lines are given."""
    letterhead = str(head(root / "head.docx", *lines)) if lines else None
    facts = FACTS | {"project": FACTS["project"] | {"name": "灌区渠道维修"}}
    params = params_file(root / "params", facts, "canal")
    with mock.patch("report_folders.template_path", return_value=template or report_folders.template_path()):
        return run_with(params, root / "reports", ("html", "pdf", "docx"), letterhead=letterhead)


def forge(path, old, new):
    path.write_bytes(changed(path.read_bytes(), "word/document.xml", old, new))


def test_a_word_report_is_made_again_too(root):
    folder = with_word(root)
    result = verify(folder)
    assert result.identical, "\n".join(told(result, "zh"))
    assert "report.docx" in "\n".join(words.zh for words in result.same)
    forge(folder / "report.docx", "项目维修渠道8公里", "项目维修渠道9公里")
    one = only(verify(folder))
    assert (one.file, one.published, one.expected) == (
        "report.docx",
        "项目维修渠道9公里。",
        "项目维修渠道8公里。",
    )
    assert EDITED in one.cause.zh


def test_a_word_report_can_be_verified_by_itself(root):
    """It carries its facts, as a PDF does."""
    path = shutil.copy(with_word(root) / "report.docx", root / "mailed.docx")
    result = verify(path)
    assert (result.subject, result.identical) == ("docx", True), "\n".join(told(result, "zh"))
    assert all(part.same for part in result.environment)
    assert "逐字节相同：mailed.docx" in result.same[0].zh
    content = path.read_bytes()
    forge(path, "项目维修渠道8公里", "项目维修渠道9公里")
    one = only(verify(path))
    assert (one.published, one.expected) == ("项目维修渠道9公里。", "项目维修渠道8公里。")
    path.write_bytes(changed(content, "customXml/item1.xml", "8公里", "9公里"))
    causes = {one.cause.zh for one in verify(path).differences}
    assert len(causes) == 1
    assert "params.yaml 与报告里印的指纹不符" in causes.pop()


@pytest.mark.parametrize("content", [b"no zip", None])
def test_a_document_of_somebody_else_can_not_be_verified(tmp_path, content):
    path = head(tmp_path / "other.docx", "别人的文件")
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnusableError) as found:
        verify(path)
    assert ("没有问效的项目数据" if content is None else "不是 Word 文档") in found.value.text("zh")


def test_a_site_offers_the_word_report_and_verifies_with_it(root):
    with_word(root)
    site = publish(root, "--because", "加上 Word 报告")
    page = (site / CANAL / "index.html").read_text(encoding="utf-8")
    assert '<a href="report.docx" download>Word 报告</a> <span class="sub">Word，' in page
    for listed in ("SHA256SUMS", f"{CANAL}/ro-crate-metadata.json", f"{CANAL}/manifest.json"):
        assert "report.docx" in (site / listed).read_text(encoding="utf-8"), listed
    result = verify(site)
    assert result.identical, "\n".join(told(result, "zh"))
    forge(site / CANAL / "report.docx", "项目维修渠道8公里", "项目维修渠道9公里")
    reseal(site, with_manifests=True)
    assert f"{CANAL}/report.docx" in {one.file for one in verify(site).differences}


def test_under_an_offices_own_head_only_the_words_of_the_report_are_compared(root):
    folder = with_word(root, "{{ unit }}文件", "{{ report }}", "抄送：财政局")
    result = verify(folder)
    assert result.identical, "\n".join(told(result, "zh"))
    assert "用了单位自己的红头模板，模板没有公布" in "".join(words.zh for words in result.unchecked)
    assert "report.docx" not in "".join(words.zh for words in result.same)
    forge(folder / "report.docx", "项目维修渠道8公里", "项目维修渠道9公里")
    one = only(verify(sealed(folder)))
    assert (one.file, one.published) == ("report.docx", "项目维修渠道9公里。")
    forge(folder / "report.docx", "项目维修渠道9公里", "项目维修渠道8公里")
    forge(
        folder / "report.docx", "抄送：财政局", "抄送：审计局"
    )  # not sealed: the list still has the hash of before
    assert [one.kind for one in verify(folder).differences] == ["changed"]


def test_with_another_template_the_word_report_must_be_the_notebooks(root):
    own = json.loads((ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"))
    own["cells"][3]["source"] = ["## 本局的说明\n"]
    (root / "own.ipynb").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    for lines in ((), ("甲局文件", "{{ body }}")):
        folder = with_word(root, *lines, template=root / "own.ipynb")
        result = verify(folder)
        assert result.identical, "\n".join(told(result, "zh"))
        forge(folder / "report.docx", "项目维修渠道8公里", "项目维修渠道9公里")
        assert only(verify(sealed(folder))).file == "report.docx"


def test_a_bureaus_own_rubric_is_part_of_what_is_verified(root):
    text = (
        (ROOT / "toolkit/wenxiao/rubrics/mof-2020.yaml")
        .read_text("utf-8")
        .replace("id: mof-2020", "id: ours")
    )
    (root / "params" / "ours.yaml").write_text(text, encoding="utf-8")
    folder = report(root, "canal", "灌区渠道维修", rubric="ours.yaml")
    assert (folder / "rubric.yaml").is_file()
    assert verify(folder).identical
    assert verify(folder / "report.pdf").identical
    replace_text(folder / "rubric.yaml", "id: ours", "id: their")
    one = only(verify(folder))
    assert (one.file, EDITED in one.cause.zh) == ("rubric.yaml", True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("params.yaml", b"schema: wenxiao/1\nrubric: ../../../etc/rules.yaml\n", "没有打开它"),
        ("params.yaml", b"\xff\xfe", "不是 UTF-8"),
        ("params.yaml", b"# " + b"x" * 600_000, "太大"),
        ("params.yaml", b"schema: wenxiao/1\n", "params.yaml"),
        ("params.yaml", b"rubric: rubric.yaml\n", "没有一起公布"),
    ],
)
def test_hostile_facts_are_refused_with_a_line(folder, name, content, said):
    (folder / "report.pdf").unlink()
    (folder / name).write_bytes(content)
    result = verify(sealed(folder))
    assert any(one.kind in ("unsafe", "failed") and said in one.said.zh for one in result.differences)
    assert "Traceback" not in "\n".join(told(result, "zh"))


def test_a_rubric_may_not_have_files_of_this_machine_read(folder):
    (folder / "report.pdf").unlink()
    replace_text(folder / "params.yaml", "schema: wenxiao/1", "schema: wenxiao/1\nrubric: rubric.yaml")
    (folder / "rubric.yaml").write_text("id: x\nbased_on: /etc/passwd.yaml\n", encoding="utf-8")
    assert any("不是自带的规则。没有打开它" in one.message.zh for one in verify(sealed(folder)).differences)


def test_the_template_is_never_that_of_the_working_folder(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "self_evaluation.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert template() == ROOT / "notebooks" / "self_evaluation.ipynb"


# --- a single PDF ---


def test_a_pdf_is_verified_by_what_is_attached_to_it(folder):
    pdf = folder / "report.pdf"
    assert verify(pdf).identical
    replace_in_pdf(pdf, "100.00%", "100.01%")
    one = only(verify(pdf))
    assert (one.kind, one.file) == ("text", "report.pdf")
    assert "它可能被改过" in one.cause.zh


def attach(pdf, **contents):
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        for name, content in contents.items():
            if content is None:
                del opened.attachments[name]
            else:
                opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)
        opened.save(deterministic_id=True)


def test_a_changed_attachment_is_compared_field_by_field(folder):
    pdf = folder / "report.pdf"
    record = read_document(pdf.read_bytes()).attachments["evaluation.json"]
    attach(pdf, **{"evaluation.json": record.replace(b'"outturn": "100"', b'"outturn": "101"')})
    found = places(verify(pdf))
    assert ("number", "report.pdf（evaluation.json）", "budget.outturn（全年执行数）") in found


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ({"params.yaml": None}, "没有附项目数据"),
        ({"evaluation.json": None}, "不是问效的报告"),
        ({"evaluation.json": b"{"}, "evaluation.json 读不出"),
        ({"evaluation.json": b'{"schema": "other/9"}'}, "schema"),
        ({"evaluation.json": b" " * 9_000_000}, "太大"),
        ({"params.yaml": b"\xff"}, "不是 UTF-8"),
        ({"params.yaml": b"rubric: /etc/rules.yaml\n"}, "没有打开它"),
        ({"../../x.sh": b"rm -rf /"}, "没有打开它"),
    ],
)
def test_a_pdf_that_can_not_be_verified_says_why(folder, contents, said):
    attach(folder / "report.pdf", **contents)
    done = wenxiao("verify", folder / "report.pdf")
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + b"<<" * 5000])
def test_what_is_no_pdf_is_refused(tmp_path, content):
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(UnusableError):
        verify(tmp_path / "x.pdf")


# --- a site ---


def drop(site):
    shutil.rmtree(site / CLINIC)


def swap(site):
    (site / CANAL).rename(site / "aside")
    (site / CLINIC).rename(site / CANAL)
    (site / "aside").rename(site / CLINIC)


def cut_log(site):
    path = site / "log" / "2021.jsonl"
    path.write_text("".join(path.read_text("utf-8").splitlines(True)[:-1]), encoding="utf-8")


def lose_lines(site):
    cut_log(site)
    (site / "log" / "2021.heads").unlink()


def edit(path, old, new):
    return lambda site: replace_text(site / path, old, new)


SITE = {
    "page": (edit(f"{CANAL}/index.html", "100.00%", "99.00%"), "text", f"{CANAL}/index.html", "99.00%"),
    "home page": (edit("index.html", "灌区渠道维修", "灌区渠道大修"), "text", "index.html", "大修"),
    "projects.csv": (edit("data/projects.csv", "1000000", "1000001"), "number", "data/projects.csv", "1000001"),
    "scores.csv": (edit("data/scores.csv", "50.00", "60.00"), "number", "data/scores.csv", "60.00"),
    "description": (edit("data/datapackage.json", "每行一个项目", "每行两个项目"), "number", "data/datapackage.json", "两个"),
    "sitemap": (edit("sitemap.xml", "example.gov.cn", "example.com.cn"), "text", "sitemap.xml", "com.cn"),
    "feed": (edit("atom.xml", "灌区渠道维修", "灌区渠道大修"), "text", "atom.xml", "大修"),
    "dropped": (drop, "missing", CLINIC, "报告被删去了"),
    "swapped": (swap, "log", f"{CANAL}/manifest.json", "报告被掉换了"),
    "additional": (lambda site: (site / "x.html").write_text("x", encoding="utf-8"), "extra", "x.html", "多出来的"),
    "log edited": (edit("log/2021.jsonl", "2026-11-25", "2026-11-20"), "log", "log/2021.jsonl", "其中有行在公布之后被改过"),
    "log cut": (cut_log, "log", "log/2021.jsonl", "末尾的 1 行被删去了"),
    "log cut, no heads": (lose_lines, "extra", CLINIC, "日志里没有登记"),
    "head edited": (edit("log/2021.heads", '"size":2', '"size":1'), "log", "log/2021.jsonl", "与 2026-11-25 的树根不符"),
}  # fmt: skip


@pytest.mark.parametrize("deed", SITE)
def test_what_was_done_to_a_site_is_found_although_its_sums_were_made_anew(site, deed):
    do, kind, file, said = SITE[deed]
    do(site)
    if kind != "extra" or deed == "log cut, no heads":
        reseal(site)
    result = verify(site, rerun=False)
    found = [one for one in result.differences if (one.kind, one.file) == (kind, file)]
    assert found, "\n".join(told(result, "zh"))
    assert said in "".join(f"{one.message.zh}{one.published}" for one in found)
    also = ("log", "extra") if deed.startswith("log cut") else ()
    assert {one.kind for one in result.differences} <= {kind, *also}, "\n".join(told(result, "zh"))


def test_what_sums_tell_is_told_with_the_exact_place_once(site):
    replace_text(site / CANAL / "report.html", "执行率 100.00%", "执行率 99.00%")
    replace_text(site / "data" / "projects.csv", "1000000", "1000001")
    (site / "search" / "index.html").unlink()
    result = verify(site)
    assert {(kind, file) for kind, file, _ in places(result)} == {
        ("text", f"{CANAL}/report.html"), ("number", "data/projects.csv"), ("missing", "search/index.html"),
    }  # fmt: skip
    place = next(one.where.zh for one in result.differences if one.file == "data/projects.csv")
    assert place.startswith(f"第 2 行（{CANAL}）“")


def test_numbers_changed_everywhere_at_once_are_found_by_making_the_report_again(site):
    """Even the publisher can't: record, list, sums and log agree, the facts don't."""
    replace_text(site / CANAL / "evaluation.json", '"score": "50.00"', '"score": "60.00"')
    reseal(site, with_manifests=True)
    found = places(verify(site))
    assert ("number", f"{CANAL}/evaluation.json", "indicators[0].score（“维修渠道长度”的得分）") in found


def test_the_signature_is_checked_with_the_key_and_missed_without(site, root):
    assert "没有核对" in verify(site, rerun=False).unchecked[0].zh
    reseal(site)
    replace_text(site / "SHA256SUMS", "  index.html", "  index.html\n" + "0" * 64 + "  more.html")
    result = verify(site, key=PUBLIC, rerun=False)
    assert ("signature", "SHA256SUMS.sig", "") in places(result)
    (site / "SHA256SUMS.sig").unlink()
    assert "网站上却没有签名" in verify(site, key=PUBLIC, rerun=False).differences[-1].message.zh or any(
        "却没有签名" in one.message.zh for one in verify(site, key=PUBLIC, rerun=False).differences
    )
    done = wenxiao("verify", site, "--key", root / "nobody.pub")
    assert done.exit_code == 2
    assert "nobody.pub" in done.stderr


def test_a_root_kept_from_earlier_must_still_be_there(root):
    ((_, size, kept),) = verify(root / "site", rerun=False).heads
    report(root, "school", "学校食堂改造")
    site = publish(root, date="2026-12-01")
    assert wenxiao("verify", site, "--no-rerun", "--head", f"{size}:{kept}").exit_code == 0
    done = wenxiao("verify", site, "--no-rerun", "--head", f"{size}:{'0' * 64}")
    assert done.exit_code == 1
    assert "您留存的树根" in done.output
    assert wenxiao("verify", site, "--head", "latest").exit_code == 2


def test_links_and_names_that_lead_elsewhere_are_not_followed(site, tmp_path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (site / "data" / "projects.csv").unlink()
    (site / "data" / "projects.csv").symlink_to(tmp_path / "secret")
    (site / "deep").symlink_to("/")
    with (site / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  ../../secret\n")
    replace_text(site / "log" / "2021.jsonl", '"stem":"clinic"', '"stem":"../../clinic"')
    result = verify(site, rerun=False)
    found = places(result)
    assert ("unsafe", "data/projects.csv", "") in found
    assert ("unsafe", "deep", "") in found
    assert any(kind == "unsafe" and file == "SHA256SUMS" for kind, file, _ in found)
    assert ("log", "log/2021.jsonl", "第 2 行") in found


def test_only_a_key_needs_the_extra_packages(site, monkeypatch):
    for name in ("cryptography", "pagefind", "rocrate"):
        monkeypatch.setitem(sys.modules, name, None)
    assert verify(site, rerun=False).identical
    done = wenxiao("verify", site, "--key", PUBLIC)
    assert done.exit_code == 2
    assert 'pip install "wenxiao[publish]"' in done.stderr


def test_without_site_json_pages_are_told_as_not_checked(site):
    (site / "data" / "site.json").unlink()
    reseal(site)
    result = verify(site, rerun=False)
    assert result.identical
    assert "网页不能重新生成来比较" in "".join(words.zh for words in result.unchecked)


def test_pages_made_by_other_code_are_named_where_they_differ(site):
    edit_json(site / "data" / "site.json", lambda about: about.update(code="0" * 64))
    replace_text(site / "index.html", "灌区渠道维修", "灌区渠道大修")
    reseal(site)
    result = verify(site, rerun=False)
    assert "index.html" in "".join(words.zh for words in result.unchecked)


# --- how it is told ---


def test_words_for_a_citizen(folder):
    replace_text(folder / "evaluation.json", '"score": "50.00"', '"score": "60.00"')
    done = wenxiao("verify", folder)
    assert done.exit_code == 1
    assert done.output.startswith(
        "不一致：1 处\n\n"
        "evaluation.json：公布之后被改过：与 provenance.json 登记的指纹不符。\n"
        "  1. indicators[0].score（“维修渠道长度”的得分）：公布 60.00，重算 50.00。\n"
    )
    done = wenxiao("verify", folder, language="en")
    assert done.output.startswith("Differs in 1 place\n")
    assert "published 60.00, recomputed 50.00." in done.output


def test_json_is_stable(folder, tmp_path):
    replace_text(folder / "evaluation.json", '"score": "50.00"', '"score": "60.00"')
    about = json.loads(wenxiao("verify", folder, "--json").output)
    assert list(about) == [
        "schema", "subject", "path", "verdict", "differences", "same", "unchecked", "environment", "heads",
    ]  # fmt: skip
    assert (about["schema"], about["subject"], about["verdict"]) == ("wenxiao/verify/1", "report", "differs")
    assert list(about["differences"][0]) == [
        "kind", "file", "where", "published", "expected", "message", "cause",
    ]  # fmt: skip
    assert {"name": "python", "same": True, "reports": 1}.items() <= about["environment"][-1].items()
    done = wenxiao("verify", tmp_path / "nothing", "--json")
    assert done.exit_code == 2
    assert json.loads(done.output)["verdict"] == "unusable"


def test_a_name_can_not_steer_the_terminal(folder):
    (folder / "x\x1b[2Jy").write_text("", encoding="utf-8")
    assert "\x1b" not in wenxiao("verify", folder, "--no-rerun").output


@given(st.text(), st.text())
def test_excerpts_show_where_texts_differ_and_never_cut_a_number(a, b):
    one, two = excerpts(a, b)
    assert (one == two) <= (visible(a)[:100] == visible(b)[:100] or len(a) > 100 or len(b) > 100)
    assert visible(one) == one


def test_a_number_is_shown_whole():
    assert excerpts("得分为 1299.87 分", "得分为 1299.78 分") == ("得分为 1299.87 分", "得分为 1299.78 分")


def leaves(value, path=()):
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [leaf for i, one in enumerate(value) for leaf in leaves(one, (*path, i))]
    return [path]


RECORD = evaluated(project()).as_dict()


@given(
    st.sampled_from(leaves(RECORD)),
    st.one_of(st.text(), st.none(), st.integers(), st.floats(allow_nan=False)),
)
def test_every_changed_field_of_a_record_is_named(path, value):
    changed = json.loads(json.dumps(RECORD))
    at = changed
    for key in path[:-1]:
        at = at[key]
    before, at[path[-1]] = at[path[-1]], value
    found = compare_records("evaluation.json", json.dumps(changed).encode(), json.dumps(RECORD).encode())
    if type(value) is type(before) and value == before:
        assert not found
    else:
        assert len(found) == 1
        assert found[0].where.en.startswith(visible(shown_where(path)))
        assert found[0].published != found[0].expected


def test_the_documented_kinds_are_those_there_are():
    from typing import get_args

    from wenxiao.publishing.verifying.result import Kind

    documented = (ROOT / "docs" / "verify.md").read_text("utf-8")
    assert all(f"`{kind}`" in documented for kind in get_args(Kind))

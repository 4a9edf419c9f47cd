"""What ``--to`` names: four formats, the files of each, and what makes one be written anew."""

import json
import shutil
from pathlib import Path

import pytest

from helpers import ROOT
from report_folders import made, params_file
from wenxiao.checking import check_file
from wenxiao.publishing.folders import read_folder
from wenxiao.publishing.gate import KNOWN, judge, office
from wenxiao.publishing.manifest import published_files
from wenxiao.running.formats import DEFAULT, FILES, FORMATS, formats_of, libraries
from wenxiao.running.storage.remote import FILES as KEPT
from word_files import head


def test_every_file_of_every_format_is_known_to_gate_site_and_store():
    from wenxiao.publishing.published import DOWNLOADS

    named = {name for files in FILES.values() for name in files}
    assert set(FILES) == set(FORMATS)
    assert named <= KNOWN
    assert named <= set(DOWNLOADS)
    assert named <= KEPT


def test_a_run_that_says_nothing_writes_what_it_always_did():
    assert DEFAULT == ("html", "pdf")
    assert formats_of(["report.html", "report.pdf", "params.yaml"]) == DEFAULT


@pytest.mark.parametrize("name", FORMATS)
def test_formats_and_files_name_each_other(name):
    assert formats_of(FILES[name]) == (name,)


def test_versions_of_office_libraries_are_recorded_only_where_they_count(tmp_path):
    assert libraries(DEFAULT) == ()
    assert libraries(("xlsx", "docx"), "head.docx") == ("python-docx", "xlsxwriter", "docxtpl")
    params = params_file(tmp_path)
    for formats, named in (((), False), (("docx",), True)):
        folder = made(params, tmp_path / "reports", *formats)
        versions = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["inputs"]["versions"]
        assert ("python-docx" in versions) == named


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("formats")
    return made(params_file(root), root / "reports", *FORMATS)


def test_all_four_formats_may_be_published(folder):
    assert judge(read_folder(folder)).refusals == ()
    files = published_files(read_folder(folder).provenance)
    assert {"report.html", "report.pdf", "report.docx", "form.xlsx", "report.xlsx"} <= set(files)


def test_workbooks_are_those_of_the_evaluation_and_the_same_each_time(folder, tmp_path):
    from wenxiao.rendering.workbook.data import data_of
    from wenxiao.rendering.workbook.form import form_of

    evaluation = check_file(params_file(tmp_path))
    again = made(params_file(tmp_path), tmp_path / "reports", "xlsx")
    for name, content in (("form.xlsx", form_of(evaluation)), ("report.xlsx", data_of(evaluation))):
        assert (folder / name).read_bytes() == content == (again / name).read_bytes()


def test_no_path_of_the_machine_gets_into_a_workbook_by_a_bureaus_own_rubric(tmp_path):
    (tmp_path / "rules").mkdir()
    text = (
        (ROOT / "toolkit/wenxiao/rubrics/mof-2020.yaml")
        .read_text("utf-8")
        .replace("id: mof-2020", "id: ours")
    )
    (tmp_path / "rules" / "ours.yaml").write_text(
        text, encoding="utf-8", newline="\r\n"
    )  # as Windows writes it
    found = []
    for place in ("one", "two"):
        shutil.copytree(tmp_path / "rules", tmp_path / place / "rules")
        params = params_file(tmp_path / place, rubric="rules/ours.yaml")
        folder = made(params, tmp_path / place / "reports", "html", "docx", "xlsx")
        assert judge(read_folder(folder)).refusals == ()
        found.append(
            {name: (folder / name).read_bytes() for name in ("report.docx", "form.xlsx", "report.xlsx")}
        )
    assert found[0] == found[1]
    for name, content in found[0].items():
        said = "".join(text for _, text in office.read_package(content).texts)
        assert "ours.yaml" not in said, name
        assert str(tmp_path) not in said, name


def test_an_offices_own_head_travels_to_machines_that_do_not_see_this_disk(tmp_path):
    from wenxiao.running.executors.parcel import pack, unpack
    from wenxiao.running.places import template_path
    from wenxiao.running.project import Job

    own = head(tmp_path / "head.docx", "{{ report }}")
    job = Job(str(params_file(tmp_path)), "out", str(template_path()), ("docx",), letterhead=str(own))
    parcel = pack(job)
    (tmp_path / "there").mkdir()
    there = unpack(parcel, tmp_path / "there")
    assert there.letterhead != job.letterhead
    assert Path(there.letterhead).read_bytes() == own.read_bytes()

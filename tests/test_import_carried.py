"""A report.docx of our own that somebody has edited: the page wins, and every change is told."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import PARAMS, SEED
from imported_facts import differences
from wenxiao.checking import check_file
from wenxiao.importing.batch.one import import_one
from wenxiao.importing.interpreting.carried import read_edited
from wenxiao.loading import load_project, project_of, sheet_of
from wenxiao.rendering.word import document_of
from wenxiao.rendering.word.facts import facts_of
from wenxiao.rendering.workbook.form import form_of
from wenxiao.sampling import sample_project
from wenxiao.writing import facts_text
from word_files import changed

BODY = "word/document.xml"
SCHOOL = next(path for path in PARAMS if path.stem == "yongde-minglang-school")


@cache
def report(path: Path) -> bytes:
    return document_of(check_file(path))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 100_000))
def test_report_and_form_of_an_invented_project_give_its_facts_back(tmp_path, number):
    sample = sample_project(number)
    (tmp_path / "facts.yaml").write_text(sample.text, encoding="utf-8")
    evaluation = check_file(tmp_path / "facts.yaml")
    for name, content in (("report.docx", document_of(evaluation)), ("form.xlsx", form_of(evaluation))):
        (tmp_path / name).write_bytes(content)
        [made] = import_one(tmp_path / name).made
        again = project_of(sheet_of(name, made.text), tmp_path)
        assert (made.status, facts_text(again)) == ("read", facts_text(evaluation.project)), name


def test_what_nobody_edited_is_not_read_from_the_page():
    assert facts_of(report(SCHOOL)) is not None
    assert read_edited("report.docx", report(SCHOOL)) is None


@pytest.mark.parametrize(
    ("path", "old", "new", "field"),
    [
        (SCHOOL, ">98%<", ">97%<", "indicators[5].actual"),
        (SCHOOL, ">学生受资助人数<", ">学生受助人数<", "indicators[0].name"),
        (SCHOOL, ">永德县明朗中学<", ">永德县明朗初级中学<", "project.unit"),
        (SEED, ">37.66<", ">37.96<", "budget.total.outturn"),
        (SEED, "并新增集成系统。", "并新增集成系统一套。", "narrative.overview"),
    ],
)
def test_a_changed_figure_or_paragraph_replaces_the_fact_and_nothing_else(path, old, new, field):
    imported = read_edited("report.docx", changed(report(path), BODY, old, new))
    assert imported is not None
    hand_made = load_project(path)
    assert set(differences(hand_made, imported.project)) == {field}
    before, after = differences(hand_made, imported.project)[field]
    joined = before.replace("\n", "")  # the page joins the lines of a paragraph
    assert joined.replace(old.strip("><"), new.strip("><")) == after
    assert imported.notes[0].field == field
    assert "以页面为准" in imported.notes[0].why
    assert not imported.unread


def test_a_changed_text_that_is_no_fact_is_listed():
    edited = changed(report(SCHOOL), BODY, "绩效指标 9 项", "绩效指标 19 项")
    imported = read_edited("report.docx", edited)
    assert not differences(load_project(SCHOOL), imported.project)
    assert [one.text[:9] for one in imported.unread] == ["绩效指标 19 项"]

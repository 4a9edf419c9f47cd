"""Hundreds of files: each in its place, none stops the others, what is unchanged or edited is left alone."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import forms
import hostile
from form_files import docx
from helpers import PARAMS, ROOT
from wenxiao import evaluate, load
from wenxiao.cli import app, import_
from wenxiao.importing.batch import Options, find_sources, import_files
from wenxiao.importing.batch.records import Outcome, read_records, records_text
from wenxiao.importing.batch.sources import safe_stem, stems_of
from wenxiao.running.storage import LocalStore

PROJECTS = [load(path) for path in PARAMS]
COMMAND = [
    sys.executable,
    "-c",
    f"import {import_.__name__}; from wenxiao.cli import main; main()",
    "--lang",
    "zh",
    "import",
]


def put(folder: Path, *names: str) -> Path:
    """Put forms of real projects into a folder, one a name, each of the kind its suffix says."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        project = PROJECTS[number % len(PROJECTS)]
        kind = name.rpartition(".")[2]
        (folder / name).write_bytes(forms.make(project, forms.layout_of(project), kind))
    return folder


def command(*arguments, lang="zh"):
    return CliRunner().invoke(app, ["--lang", lang, "import", "-j", "2", *map(str, arguments)])


def records(out: Path) -> dict[str, Outcome]:
    found = read_records((out / "import.jsonl").read_text("utf-8"))
    return {Path(name).name: one for name, one in found.items()}


def content(out: Path) -> dict[str, str]:
    """Give all files of a folder, without the seconds that each took."""
    texts = {
        path.relative_to(out).as_posix(): path.read_text("utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }
    return {name: re.sub(r'"seconds": "[^"]*"', "", text) for name, text in texts.items()}


@pytest.fixture
def source(tmp_path):
    return put(tmp_path / "收到的表", "甲局.docx", "乙局.xlsx", "丙局.html", "丁局.txt")


def test_each_file_becomes_a_params_file_of_its_year(source, tmp_path):
    done = command(source, "-o", tmp_path / "params")
    assert done.exit_code == 1, "forms with errors of their own, as check says"
    made = sorted(
        path.relative_to(tmp_path / "params").as_posix() for path in (tmp_path / "params").rglob("*.yaml")
    )
    assert made == ["2016/甲局.yaml", "2020/丁局.yaml", "2020/丙局.yaml", "2020/乙局.yaml"]
    assert load(tmp_path / "params" / "2016" / "甲局.yaml").name == "自管道路清扫保洁外包工作经费"
    assert re.search(r"^结果 +文件 +不确定", done.stdout, re.M)
    assert (
        sum(
            int(re.search(rf"^{word} +(\d+)", done.stdout, re.M)[1])
            for word in ("读全", "部分读到", "没有读")
        )
        == 4
    )


def test_the_list_names_the_place_of_what_was_left_out(tmp_path):
    text = "项目支出绩效自评表（2022年度）\n项目名称\t试点\t\n实施单位\t甲局\t\n天气\t晴\t\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert command(tmp_path / "a.txt", "-o", tmp_path / "out").exit_code in (1, 2)
    (told,) = (tmp_path / "out").rglob("*.import.md")
    assert re.search(r"表1 第3行第1列：.*天气", told.read_text("utf-8"))


def test_what_is_unchanged_is_not_read_again(source, tmp_path):
    out = tmp_path / "params"
    first = command(source, "-o", out)
    before = content(out)
    again = command(source, "-o", out)
    assert {one.state for one in records(out).values()} == {"made"}
    assert again.stdout.count("未变  ") == 4
    assert "其中未变 4。" in again.stdout
    assert again.exit_code == first.exit_code
    assert content(out) == before
    put(source, "甲局.docx")
    (source / "乙局.xlsx").write_bytes(forms.make(PROJECTS[5], "ministry", "xlsx"))
    assert command(source, "-o", out).stdout.count("未变  ") == 3
    assert (out / "2021" / "乙局.yaml").is_file()
    (out / "2016" / "甲局.yaml").unlink()
    command(source, "-o", out)
    assert (out / "2016" / "甲局.yaml").is_file(), "what was deleted is made again"


def test_a_params_file_that_a_person_edited_stands(source, tmp_path):
    out = tmp_path / "params"
    command(source, "-o", out)
    edited = out / "2016" / "甲局.yaml"
    edited.write_text(edited.read_text("utf-8") + "# 已核对\n", encoding="utf-8")
    (source / "甲局.docx").write_bytes(forms.make(PROJECTS[0], "ministry", "docx"))
    done = command(source, "-o", out)
    assert "已经有了或由人改过，没有覆盖" in done.stderr
    assert edited.read_text("utf-8").endswith("# 已核对\n")
    assert "已经有了或由人改过" in command(source, "-o", out).stderr, "said every time"
    command(source, "-o", out, "--force")
    assert not edited.read_text("utf-8").endswith("# 已核对\n")
    assert "已经有了" not in command(source, "-o", out).stderr


def test_a_params_file_of_another_origin_stands(source, tmp_path):
    hand_made = tmp_path / "params" / "2016" / "甲局.yaml"
    hand_made.parent.mkdir(parents=True)
    hand_made.write_text("# 手写\n", encoding="utf-8")
    assert "没有覆盖" in command(source / "甲局.docx", "-o", tmp_path / "params").stderr
    assert hand_made.read_text("utf-8") == "# 手写\n"


def test_no_file_stops_the_others(source, tmp_path):
    for number, (name, make, _) in enumerate(hostile.REFUSED.values()):
        (source / f"{number}-{name}").write_bytes(make())
    out = tmp_path / "params"
    done = command(source, "-o", out)
    assert done.exit_code == 2
    told = records(out)
    assert {one.status for name, one in told.items() if re.match(r"\d", name) and one.kind == ""} == {"not"}
    assert all(told[name].status != "not" for name in ("甲局.docx", "乙局.xlsx", "丙局.html", "丁局.txt"))
    refused = [line for line in done.stderr.splitlines() if line.startswith("没有读")]
    assert len(refused) == len([one for one in told.values() if one.status == "not"])
    assert all(one.error and "\n" not in one.error for one in told.values() if one.status == "not")
    assert "其他文件没有读：" in done.stderr, "what is passed over in a folder is told"


@pytest.fixture
def moody(monkeypatch):
    monkeypatch.setattr("wenxiao.importing.batch.pool._WORKER", "moody_worker")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))


def test_a_file_that_hangs_or_kills_its_process_costs_only_itself(moody, tmp_path):
    names = ("1crash.txt", "2good.txt", "3hang.txt", "4noise.txt", "5fault.txt", "6memory.txt", "7good.txt")
    folder = put(tmp_path / "in", *names)
    out = tmp_path / "out"
    store = LocalStore(out)
    import_files(sorted(folder.iterdir()), store, store.root, Options(workers=1, deadline=12), lambda _: None)
    told = records(out)
    assert [name for name in names if told[name].status != "not"] == ["2good.txt", "4noise.txt", "7good.txt"]
    assert "意外退出" in told["1crash.txt"].error
    assert "12 秒内没有读完" in told["3hang.txt"].error
    assert "KeyError" in told["5fault.txt"].error
    assert "内存" in told["6memory.txt"].error


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_import_is_finished_by_the_next(tmp_path):
    folder = put(tmp_path / "in", *(f"{n}.{kind}" for n in range(4) for kind in ("docx", "html", "txt")))
    whole, cut = tmp_path / "a" / "out", tmp_path / "b" / "out"
    shutil.copytree(folder, tmp_path / "a" / "in")
    shutil.copytree(folder, tmp_path / "b" / "in")
    subprocess.run(
        [*COMMAND, str(tmp_path / "a" / "in"), "-o", str(whole), "-j", "1"], check=False, capture_output=True
    )
    for lines in (1, 4):
        with subprocess.Popen(
            [*COMMAND, str(tmp_path / "b" / "in"), "-o", str(cut), "-j", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as run:  # fmt: skip
            for _ in range(lines):
                run.stdout.readline()
            run.send_signal(signal.SIGKILL)
    subprocess.run(
        [*COMMAND, str(tmp_path / "b" / "in"), "-o", str(cut), "-j", "2"], check=False, capture_output=True
    )
    assert content(cut) == content(whole)


def test_own_forms_lists_and_reports_give_their_facts_back(tmp_path):
    from wenxiao.rendering.word import document_of
    from wenxiao.rendering.workbook.form import form_of
    from wenxiao.rendering.workbook.listing import list_of

    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    seed, school = (
        load(ROOT / "params" / name)
        for name in ("2021/xinhuang-video-conference.yaml", "2022/yongde-minglang-school.yaml")
    )
    (folder / "表.xlsx").write_bytes(form_of(evaluate(seed)))
    (folder / "清单.xlsx").write_bytes(list_of([("甲", school), ("乙", seed)]))
    (folder / "报告.docx").write_bytes(document_of(evaluate(school)))
    command(folder, "-o", out)
    assert load(out / "2021" / "表.yaml") == seed
    assert load(out / "2022" / "报告.yaml") == school
    assert [load(out / place).name for place in records(out)["清单.xlsx"].params] == [school.name, seed.name]
    assert records(out)["清单.xlsx"].params == ("2022/甲.yaml", "2021/乙.yaml")


def test_several_forms_in_one_document_are_several_params_files(tmp_path):
    chosen = [one for one in PROJECTS if forms.layout_of(one) in ("ministry", "yunnan")]
    both = [block for one in chosen for block in forms.form_of(one, "ministry")]
    (tmp_path / "全部.docx").write_bytes(docx(both))
    command(tmp_path / "全部.docx", "-o", tmp_path / "out")
    (told,) = records(tmp_path / "out").values()
    assert [Path(place).stem for place in told.params] == [f"全部-{one.name}" for one in chosen]
    assert [load(tmp_path / "out" / place).name for place in told.params] == [one.name for one in chosen]


def test_json_gives_a_line_a_file(source, tmp_path):
    done = command(source, "-o", tmp_path / "params", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {Path(line["source"]).name for line in lines} == {
        "甲局.docx",
        "乙局.xlsx",
        "丙局.html",
        "丁局.txt",
    }
    assert {line["status"] for line in lines} <= {"read", "partly"}


def test_nothing_to_import_says_so(tmp_path):
    (tmp_path / "空").mkdir()
    done = command(tmp_path / "空", "-o", tmp_path / "params")
    assert done.exit_code == 2
    assert "里面没有可导入的文件" in done.stderr
    assert not (tmp_path / "params").exists()
    assert "no file in it" in command(tmp_path / "空", "-o", tmp_path / "params", lang="en").stderr


def test_a_wrong_rubric_is_told_before_anything_is_read(source, tmp_path):
    done = command(source, "-o", tmp_path / "params", "--rubric", "no-such")
    assert done.exit_code == 2
    assert not (tmp_path / "params").exists()


def test_year_and_rubric_may_be_given(source, tmp_path):
    command(source / "甲局.docx", "-o", tmp_path / "params", "--year", "2019", "--rubric", "mof-2020")
    project = load(tmp_path / "params" / "2019" / "甲局.yaml")
    assert (project.year, project.rubric) == (2019, "mof-2020")


# --- names --------------------------------------------------------------------------------------------------------------


def test_folders_are_searched_without_links_and_own_output(source, tmp_path):
    (source / "下级").mkdir()
    (source / "下级" / "戊.docx").write_bytes(b"x")
    (source / "~$甲局.docx").write_bytes(b"x")
    (source / "圈").symlink_to(source)
    out = source / "params"
    out.mkdir()
    (out / "own.html").write_bytes(b"x")
    (source / "照片.jpg").write_bytes(b"x")
    found = find_sources([str(source), str(source / "甲局.docx"), str(source / "*.html")], out)
    assert [path.name for path in found.files] == [
        "丁局.txt",
        "丙局.html",
        "乙局.xlsx",
        "甲局.docx",
        "戊.docx",
    ]
    assert found.others == {".jpg": 1}


def test_each_params_file_has_a_name_of_its_own():
    files = [Path(name) for name in ("a/表.docx", "a/表.xlsx", "b/表.docx", "c/表.docx", "c/表 .docx")]
    stems = stems_of(files, {})
    assert list(stems.values()) == ["表", "表-xlsx", "表-docx", "c-表", "表-2"]
    again = stems_of([Path("0/表.docx"), *files], stems)
    assert {path: again[path] for path in files} == stems, "earlier names stay"


@given(st.text())
@settings(deadline=None)
def test_stems_are_names_for_every_system(text):
    stem = safe_stem(text)
    assert 0 < len(stem) <= 62
    assert not re.search(r'[\\/:*?"<>|\s.\x00-\x1f]', stem)
    assert stem.split(".")[0].lower() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}
    assert safe_stem(stem) == stem


def test_records_survive_a_torn_line():
    one = Outcome("a.docx", "read", params=("2022/a.yaml",), written=("x",))
    text = records_text([one]) + '{"source": "b.docx", "sta'
    assert read_records(text) == {"a.docx": one}
    assert read_records('[]\nnull\n{"unknown": 1}\n') == {}

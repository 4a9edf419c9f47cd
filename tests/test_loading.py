import re
from pathlib import Path

import pytest

from helpers import PARAMS, ROOT, SEED, project
from wenxiao.checking import check_file
from wenxiao.errors import InputError
from wenxiao.loading import LARGEST, load_project
from wenxiao.writing import facts_text, schema_text

BAD = sorted((Path(__file__).parent / "bad_params").glob("*.yaml"))
GOOD = SEED.read_text(encoding="utf-8")


def refused(path, **more):
    with pytest.raises(InputError) as caught:
        load_project(path, **more)
    return caught.value


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_gets_exactly_this_message(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(InputError) as caught:
        check_file(path.relative_to(ROOT))
    assert caught.value.text("zh") + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_messages_exist_in_english(path):
    with pytest.raises(InputError) as caught:
        check_file(path)
    for problem in caught.value.problems:
        for words in (problem.wrong, problem.instead):
            assert re.search(r"[A-Za-z]{3}", words.en)
            assert not re.search(r"\{[a-z_]+\}", words.en + words.zh), "a placeholder was left unfilled"


def test_enough_broken_files_and_several_faults_together():
    assert len(BAD) >= 25
    assert len(refused(Path(__file__).parent / "bad_params" / "several-faults.yaml").problems) == 5


def test_large_file_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)  # sparse: 1 GB
    assert f"{LARGEST // 1024} kB" in refused(path).text("zh")


def test_missing_file_and_folder_are_one_line_each(tmp_path):
    assert len(refused(tmp_path / "none.yaml").problems) == 1
    assert len(refused(tmp_path).problems) == 1


def test_yaml_traps_are_closed(tmp_path):
    path = tmp_path / "traps.yaml"
    path.write_text(
        GOOD.replace("unit: 新晃应急管理局", "unit: 0012\n  department: on").replace("8个", "12:30", 1),
        "utf-8",
    )
    one = load_project(path)
    assert (one.unit, one.department) == ("0012", "on")


def test_numbers_are_decimals_as_written(tmp_path):
    path = tmp_path / "exact.yaml"
    path.write_text(GOOD.replace("original: 38.14", "original: 38.140"), "utf-8")
    assert str(load_project(path).budget.total.original) == "38.140"


def test_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path):
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_project(path).name == load_project(SEED).name


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_published_facts_load_to_the_same_project(path, tmp_path):
    one = load_project(path)
    copy = tmp_path / "params.yaml"
    copy.write_text(facts_text(one), encoding="utf-8")
    assert load_project(copy) == one
    assert facts_text(load_project(copy)) == copy.read_text(encoding="utf-8")


def test_contact_never_leaves_and_redacted_words_are_gone(tmp_path):
    path = tmp_path / "private.yaml"
    path.write_text(
        GOOD + "contact: {name: 李四, phone: '13800000000'}\nredact: [原文件]\n", encoding="utf-8"
    )
    text = facts_text(load_project(path))
    assert "13800000000" not in text
    assert "李四" not in text
    assert "原文件" not in text
    assert "〔已隐去〕" in text


def test_overrides_change_facts_and_are_remembered():
    one = load_project(SEED, {"budget.total.outturn": 30.5, "indicators[0].actual": "7个"})
    assert str(one.budget.total.outturn) == "30.5"
    assert one.overrides == (("budget.total.outturn", "30.5"), ("indicators[0].actual", "7个"))
    assert "overrides" in str(
        refused(SEED, overrides={"budget.none.outturn": "1", "indicators[99].actual": "x"})
    )


def test_evidence_is_hashed_and_a_changed_file_is_noticed(tmp_path):
    (tmp_path / "proof.txt").write_text("验收", encoding="utf-8")
    path = tmp_path / "p.yaml"
    row = "name: 新增集成系统1套,"
    path.write_text(GOOD.replace(row, row + " evidence: [{title: 验收, file: proof.txt}],"), encoding="utf-8")
    one = load_project(path)
    digest = one.indicators[1].evidence[0].sha256
    assert len(digest) == 64
    path.write_text(facts_text(one), encoding="utf-8")
    (tmp_path / "proof.txt").write_text("改过", encoding="utf-8")
    assert "改动过" in str(refused(path))
    (tmp_path / "proof.txt").unlink()
    assert load_project(path) == one, "a published copy stands without its evidence files"


def test_floats_are_refused_from_python():
    with pytest.raises(ValueError, match="number"):
        project(budget={"amount_unit": "元", "total": {"adjusted": 0.1, "outturn": 0.1}})


def test_schema_is_the_models_and_accepts_every_params_file():
    import jsonschema
    from ruamel.yaml import YAML

    assert (ROOT / "params" / "schema.json").read_text(encoding="utf-8") == schema_text(), "run: make schema"
    import json

    schema = json.loads(schema_text())
    for path in PARAMS:
        data = YAML(typ="safe").load(path)
        jsonschema.validate(json.loads(json.dumps(data, default=str)), schema)


@pytest.mark.parametrize(
    ("folder", "given", "meant"),
    [
        ("notebooks", "params/2021/bridge.yaml", "../params/2021/bridge.yaml"),  # counted from the workspace
        (".", "params/2021/brigde.yaml", "params/2021/bridge.yaml"),
        (".", "parms", "params"),
        ("..", "params/2021/bridge.yaml", "w/params/2021/bridge.yaml"),  # before going into the workspace
    ],
)
def test_a_missing_file_is_answered_by_the_one_that_was_meant(tmp_path, monkeypatch, folder, given, meant):
    workspace = tmp_path / "w"
    for made in ("notebooks", "params/2021"):
        (workspace / made).mkdir(parents=True)
    (workspace / "params/2021/bridge.yaml").write_text("schema: wenxiao/1")
    monkeypatch.chdir(workspace / folder)
    with pytest.raises(InputError) as refused:
        load_project(given)
    assert refused.value.text("zh").endswith(f"是不是 {meant}？")


def test_a_missing_file_that_is_like_no_other_is_only_said_to_be_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refused:
        load_project("params/other.yaml")
    assert refused.value.text("zh").endswith("请核对文件名和所在文件夹。")

"""What users and attackers get wrong: each mistake ends in lines that say where, what and what instead; never in a traceback,
never in half a file, never in a terminal that obeys a project's name."""

import copy
import errno
import json
import os
import random
import re
import subprocess
import sys

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from helpers import PARAMS, SEED
from report_folders import FACTS, made, params_file
from wenxiao.cli import app
from wenxiao.errors import MOST_TOLD, InputError, reason
from wenxiao.loading import load_project
from wenxiao.running.project import Outcome

GOOD = SEED.read_text(encoding="utf-8")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
ODD = (
    None, [], {}, [1], {"a": {"b": 1}}, "", " ", "-1", "1e999", ".nan", "9" * 300, "１２３", "字" * 50_000, "a\x1b[2Jb", "a\u202eb",
    "\ud800", "\x00", "\ufffe", "a\nb", "../../etc/passwd", "a" * 300 + ".yaml", "x\x00.yaml", "{given}", "[/]", "&a", "*a", "!x y",
    "indicators[9999]", "≥", "2021年13月",
)  # fmt: skip
PLACE = re.compile(r"^\S+\.yaml(:\d+:\d+)?\b", re.M)


def wenxiao(*arguments, lang="zh"):
    return CliRunner().invoke(app, ["--lang", lang, *map(str, arguments)])


def outside(*arguments, **more):
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "wenxiao", "--lang", "zh", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **more)


def refused(tmp_path, text, name="facts.yaml"):
    """Give what ``check`` says of a params file with this text."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = wenxiao("check", path)
    assert done.exit_code == 2, done.output
    return done.output


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- mistakes at random ----------------------------------------------------------------------------------------------


def written(data):
    """Write plain data as YAML in flow style, every text in double quotes."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{written(str(key))}: {written(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(written, data)) + "]"
    return "null" if data is None else json.dumps(str(data))


def places(data, path=()):
    if path:
        yield path
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    ):
        yield from places(value, (*path, key))


def damaged(data, chance):
    """Give facts with one thing wrong: a field gone, misspelt, doubled, or with something odd for a value."""
    data = copy.deepcopy(data)
    *above, last = chance.choice(list(places(data)))
    group = data
    for part in above:
        group = group[part]
    kind = chance.randrange(4)
    if kind == 0:
        del group[last]
    elif kind == 1 and isinstance(group, dict):
        group[str(last)[:-1] or "x"] = group.pop(last)
    elif kind == 2 and isinstance(group, list):
        group.append(group[last])
    else:
        group[last] = chance.choice(ODD)
    return data


def damaged_text(text, chance):
    """Give a text as a wrong editor, a wrong program or a bad disk leaves it."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(9)
    if kind == 0:
        return text.encode(chance.choice(("utf-16", "gb18030", "utf-8-sig")))
    if kind == 1:
        return text.replace("\n", chance.choice(("\r", "\r\n"))).encode()
    if kind == 2:
        return text.encode()[: chance.randrange(len(text))]
    if kind == 3:
        return (text + text).encode()
    lines[at] = (
        "\t" + lines[at], lines[at].replace(":", "：", 1), f"---\n{lines[at]}", lines[at] + chance.choice(("'", "[", "}", ": x", " #", "\x00")),
        "x: " + chance.choice(("[" * 40, "[" * 3000, "*nope", "!!set {a}", '"\\q"', "%", "? a")),
    )[kind - 4]  # fmt: skip
    return "\n".join(lines).encode()


@pytest.mark.parametrize("seed", range(6))
def test_no_mistake_ends_in_a_traceback(here, seed):
    """Forty damaged files, each by a command that reads one; the same in every run."""
    chance = random.Random(seed)
    for _ in range(40):
        source = chance.choice(PARAMS)
        text = source.read_text(encoding="utf-8")
        if chance.random() < 0.3:
            content = damaged_text(text, chance)
        else:
            content = written(damaged(YAML(typ="safe", pure=True).load(text), chance)).encode(
                "utf-8", "surrogatepass"
            )
        (here / "case.yaml").write_bytes(content)
        command = chance.choice(
            (["check", "case.yaml"], ["check", "--json", "case.yaml"], ["explain", "case.yaml"], ["diff", source, "case.yaml"],
             ["form", "case.yaml", "--force", "-o", "f.xlsx"], ["rubrics", "show", "case.yaml"])
        )  # fmt: skip
        done = wenxiao(*command, lang=chance.choice(("zh", "en")))
        assert done.exception is None or isinstance(done.exception, SystemExit), (
            command,
            content[:3000],
            done.exception,
        )
        assert done.exit_code in (0, 1, 2)
        assert not STEERING.search(done.output), content[:3000]
        if done.exit_code == 2:
            assert PLACE.search(done.output) or '"line"' in done.output, done.output[:500]
            assert len(done.output) < 6000, done.output[:500]
        assert not list(here.glob(".*")), "something half-made was left"


# --- the contents of a file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("escape", [r"\x07", r"\0", r"\ud800", r"\x1b[2J", r"\uffff"])
def test_what_no_page_can_hold_is_refused_once_and_at_its_place(tmp_path, escape):
    said = refused(tmp_path, GOOD.replace("unit: 新晃应急管理局", f'unit: "新晃{escape}局"'))
    assert re.search(r"facts\.yaml:10:9  project\.unit\n.*控制字符（U\+[0-9A-F]{4}）.*\n.*重新输入", said), (
        said
    )
    assert said.count("project.unit") == 1


def test_a_character_that_yaml_does_not_allow_is_told_at_each_line(tmp_path):
    bad = GOOD.replace("unit: 新晃", "unit: 新\x1b晃").replace("schema:", "\x07schema:")
    said = refused(tmp_path, bad)
    assert re.search(r"facts\.yaml:4:1\n.*U\+0007", said), said
    assert re.search(r"facts\.yaml:10:10\n.*U\+001B", said), said
    assert "读不懂" not in said


def test_what_no_page_can_hold_is_refused_in_a_what_if_too():
    with pytest.raises(InputError) as refused:
        load_project(SEED, {"project.unit": "新晃\ud800局"})
    assert [(one.where, "U+D800" in one.wrong.zh) for one in refused.value.problems] == [
        ("project.unit", True)
    ]


def test_a_control_character_in_a_choice_is_one_fault(tmp_path):
    said = refused(tmp_path, GOOD.replace("category: 产出指标", r'category: "产出\x07指标"', 1))
    assert said.count("facts.yaml:") == 1, said


def test_of_a_long_value_only_the_beginning_is_quoted(tmp_path):
    said = refused(tmp_path, GOOD.replace("outturn: 37.66", "outturn: " + "七" * 90_000, 1))
    assert "（共 90000 个字符）" in said
    assert len(said) < 600


def test_a_file_pasted_twice_is_one_fault(tmp_path):
    said = refused(tmp_path, GOOD + GOOD.partition("\n")[2])
    assert said.count("facts.yaml:") == 1
    assert "粘贴了两遍" in said
    assert "前面的从第 4 行起" in said


def test_unknown_fields_of_one_group_are_told_together(tmp_path):
    said = refused(tmp_path, GOOD.replace("project:\n", "project:\n  aaa1: 1\n  bbb2: 2\n  ccc3: 3\n", 1))
    assert said.count("facts.yaml:") == 1
    assert "没有 aaa1、bbb2、ccc3 这3个字段" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 3\nservices: {web: {image: x}}\n", "这不是项目文件"),
        ("schema: wenxiao/rubric/1\nid: own\nname: 某县规则\nbased_on: mof-2020\n", "这是一份评分规则"),
    ],
)
def test_a_file_of_another_kind_is_one_fault(tmp_path, text, said):
    told = refused(tmp_path, text)
    assert told.count("facts.yaml:") == 1
    assert said in told


def test_a_misspelt_field_of_a_rubric_is_answered_by_the_label_of_the_one_meant(here):
    text = "schema: wenxiao/rubric/1\nid: own-x\nname: 某县规则\nbased_on: mof-2020\nreferences: {form: {title: 某县表}}\n"
    (here / "own.yaml").write_text(
        text + "total: [{since: 2024, avlue: 100, refereence: form, verified: false}]\n", "utf-8"
    )
    said = wenxiao("rubrics", "show", "own.yaml").output
    assert "总分写在 value: 后面" in said
    assert "来源写在 reference: 后面" in said


def test_lists_in_messages_are_punctuated_in_the_readers_language(tmp_path):
    (tmp_path / "facts.yaml").write_text(
        GOOD.replace("project:\n", "project:\n  aaa1: 1\n", 1), encoding="utf-8"
    )
    assert (
        "Fields allowed here: name, year, region"
        in wenxiao("check", tmp_path / "facts.yaml", lang="en").output
    )
    assert "这里可以写：name、year、region" in wenxiao("check", tmp_path / "facts.yaml").output


def test_nesting_beyond_measure_is_told_with_its_line(tmp_path):
    assert re.search(
        r"facts\.yaml:7:\d+",
        refused(tmp_path, GOOD.replace("project:\n", "project:\n  x: " + "[" * 3000 + "\n", 1)),
    )


def test_open_brackets_beyond_measure_are_not_even_read(tmp_path, monkeypatch):
    """The reader's time grows with the square of their number: a small file would keep it for hours."""
    monkeypatch.setattr("wenxiao.composing.YAML", None)
    assert "层次太深" in refused(tmp_path, "schema: wenxiao/1\nx: " + "[a, {b: " * 20_000)


def test_of_very_many_faults_the_first_are_told_and_all_are_counted(tmp_path):
    rows = "".join(f"  - {{category: output, name: 甲{i}, points: 七}}\n" for i in range(500))
    said = refused(tmp_path, GOOD[: GOOD.index("indicators:")] + "indicators:\n" + rows)
    assert said.count("facts.yaml:") == 500, "check tells every one"
    said = wenxiao("explain", tmp_path / "facts.yaml").output
    assert said.count("facts.yaml:") == MOST_TOLD
    assert f"共 500 处需要修改，这里列出前 {MOST_TOLD} 处" in said


def test_evidence_that_never_ends_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    facts = copy.deepcopy(FACTS)
    facts["indicators"][0]["evidence"] = [{"title": "验收报告", "file": "pipe.pdf"}]
    assert "pipe.pdf" in wenxiao("check", params_file(tmp_path, facts)).output


def test_an_unknown_rubric_is_told_at_its_line_by_form_too(here):
    path = params_file(here, rubric="mof-1999")
    told = [wenxiao(*command).output for command in (["check", path], ["form", path, "-o", "f.xlsx"])]
    assert all(re.search(r"canal\.yaml:\d+:\d+  rubric\n", said) for said in told), told


def test_a_rubrics_base_may_have_any_name_but_ends_in_words(here):
    (here / "own.yaml").write_text(
        f"schema: wenxiao/rubric/1\nid: own-x\nbased_on: {'a' * 300}.yaml\n", encoding="utf-8"
    )
    done = wenxiao("rubrics", "show", "own.yaml")
    assert done.exit_code == 2
    assert "own.yaml:3:" in done.output


# --- names, folders, pipes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["check", "explain", "diff", "rubrics show", "form", "verify", "init", "portfolio", "publish"]
)
def test_a_name_that_is_too_long_and_links_in_a_circle_are_told(here, command):
    (here / "a.yaml").symlink_to("b.yaml")
    (here / "b.yaml").symlink_to("a.yaml")
    for name in ("x" * 300 + ".yaml", "a.yaml"):
        done = wenxiao(*command.split(), name, *(["a.yaml"] if command == "diff" else []))
        assert isinstance(done.exception, SystemExit), (name, done.exception)
        assert done.exit_code == 2
        assert len(done.output) < 1500


def test_a_pipe_is_not_waited_for(here):
    os.mkfifo("pipe.yaml")
    for command in (["check", "pipe.yaml"], ["rubrics", "show", "pipe.yaml"], ["form", "pipe.yaml"], ["run", "pipe.yaml", "-o", "o"],
                    ["run", params_file(here), "--notebook", "pipe.yaml"]):  # fmt: skip
        done = wenxiao(*command)
        assert done.exit_code in (1, 2)
        assert "不是普通文件" in done.output, done.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("empty", "wenxiao init"),
        ("only", "改成 .yaml 结尾"),
        ("**/***", "没有符合的文件"),
        ("none*", "没有符合的文件"),
    ],
)
def test_where_no_params_file_is_it_is_said_what_to_do(here, given, said):
    (here / "empty").mkdir()
    (here / "only").mkdir()
    (here / "only" / "a.yml").write_text(GOOD, encoding="utf-8")
    done = wenxiao("check", given)
    assert (done.exit_code, said in done.output) == (2, True), done.output


@pytest.mark.parametrize(
    "command",
    [["check", ""], ["run", "", "-o", "o"], ["init", ""], ["publish", ""], ["sample", "1", "-o", ""]],
)
def test_an_empty_argument_is_no_folder(here, command):
    """``wenxiao check "$folder"`` with no value must not take the folder one happens to stand in."""
    params_file(here)
    done = wenxiao(*command)
    assert done.exit_code == 2
    assert "空的参数" in done.output
    assert len(list(here.iterdir())) == 1


def test_facts_inside_reports_are_no_projects_of_their_own(here):
    made(params_file(here / "params"), here / "params" / "reports", "html")
    assert "核对了 1 个项目" in wenxiao("check", "params").output
    assert "核对了 1 个项目" in wenxiao("check", "params/reports").output


def test_a_faulty_file_does_not_keep_explain_from_the_others(here):
    params_file(here / "p", stem="b")
    (here / "p" / "a.yaml").write_text("x", encoding="utf-8")
    done = wenxiao("explain", "p")
    assert done.exit_code == 2
    assert "灌区渠道维修" in done.output


def test_a_file_whose_name_can_be_no_address_fails_and_the_others_are_made(here, monkeypatch):
    jobs = []

    def run_jobs(todo, workers, heard, scheduler):
        jobs.extend(todo)
        for job in todo:
            heard(Outcome(job.params, "done", 0, None, "o"))

    monkeypatch.setattr("wenxiao.running.batch.run_jobs", run_jobs)
    names = ["a\nb.yaml", "c\x1b[31m.yaml", os.fsdecode(b"d\xff.yaml"), "good.yaml"]
    for name in names:
        (here / name).write_text(GOOD, encoding="utf-8")
    done = wenxiao("run", ".", "-o", "o")
    assert [job.params.rpartition("/")[2] for job in jobs] == ["good.yaml"]
    assert done.exit_code == 1
    assert done.output.count("请改名") == 3
    assert not STEERING.search(done.output)
    assert len((here / "o" / "run.jsonl").read_text(encoding="utf-8").splitlines()) == 4


# --- command lines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("chekc p", "没有 chekc 这个命令。是不是 check？", "There is no command chekc. Is it check?"),
        ("check", "没有写 paths（params 文件、文件夹或通配符）。", "paths is missing (files, folders or globs)."),
        ("verify --no-rrun x", "没有 --no-rrun 这个选项。是不是 --no-rerun？", "There is no option --no-rrun. Is it --no-rerun?"),
        ("run p -j abc", "-j / --jobs 要写整数，现在是“abc”。", "-j / --jobs must be a whole number, not “abc”."),
        ("run p --timeout=x", "--timeout 要写数字，现在是“x”。", "--timeout must be a number, not “x”."),
        ("run p -j 0", "-j / --jobs 不能小于 1，现在是“0”。", "-j / --jobs must be 1 or more, not “0”."),
        ("form --rows 201", "--rows 不能大于 200，现在是“201”。", "--rows must be 200 or less, not “201”."),
        ("run p -o", "-o 后面要写一个值。", "-o needs a value."),
        ("check --json=3 p", "--json 后面不写值。", "--json takes no value."),
        ("explain a b", "多写了 b。", "b is one too many."),
        ("sample 1", "没有写 -o / --out（放在哪里）。", "-o / --out is missing (where they go)."),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_told_in_the_users_language(line, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        done = wenxiao(*line.split(), lang=lang)
        assert done.exit_code == 2
        assert done.output.splitlines()[0] == said


def test_a_language_that_is_none_is_told_with_those_there_are():
    done = CliRunner().invoke(app, ["--lang", "fr", "rubrics"], env={"LC_ALL": "en_US.UTF-8"})
    assert done.output.splitlines()[0] == "--lang takes zh, en, not “fr”."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--scheduler", "node7"], "tcp://"),
        (["--to", "word"], "现在是“word”"),
        (["-o", "a.yaml/x"], "路径中有一段是文件"),
    ],
)
def test_options_of_run_are_looked_at_before_anything_is_made(here, more, said):
    (here / "a.yaml").write_text(GOOD, encoding="utf-8")
    done = wenxiao("run", "a.yaml", *(["-o", "o"] if "-o" not in more else []), *more)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (here / "o").exists()


@pytest.mark.parametrize("option", ["--date", "--approved"])
def test_a_day_of_another_age_is_a_slip_of_the_pen(here, option):
    (here / "reports").mkdir()
    done = wenxiao("publish", "reports", "-o", "site", option, "9999-12-31")
    assert (done.exit_code, "9999" in done.output) == (2, True)
    assert not (here / "site").exists()


@pytest.mark.parametrize("seed", ["a\nschema: x", "\x1b[2J", os.fsdecode(b"\xff")])
def test_a_seed_is_plain_text(here, seed):
    assert wenxiao("sample", "1", "-o", "s", "--seed", seed).exit_code == 2
    assert not (here / "s").exists()


@pytest.mark.parametrize("out", [".", "..", "/proc"])
def test_a_form_for_a_folder_by_its_very_name_goes_into_it(here, out):
    (here / "w").mkdir()
    os.chdir(here / "w")
    done = wenxiao("form", "-o", out)
    made_here = {".": here / "w" / "form.xlsx", "..": here / "form.xlsx"}.get(out)
    assert made_here.is_file() if made_here else done.exit_code in (0, 2)


# --- terminals, pipes, full disks ------------------------------------------------------------------------------------


def test_what_a_terminal_would_obey_is_written_out(here):
    facts = copy.deepcopy(FACTS)
    facts["indicators"][0] |= {"name": "渠道\u202e长度", "printed": {"score": "1"}}
    path = params_file(here, facts)
    for command in (["check", path], ["explain", path], ["diff", path, SEED]):
        said = wenxiao(*command).output
        assert "〔U+202E〕" in said
        assert "\u202e" not in said
    record = wenxiao("check", "--json", path).output
    assert "\\u202e" in record
    assert json.loads(record)[0]["indicators"][0]["name"] == "渠道\u202e长度", "JSON says what the file says"


def test_a_file_name_that_is_no_utf8_can_be_told(here):
    path = here / os.fsdecode(b"bad\xff.yaml")
    path.write_text(GOOD.replace("37.66", "x"), encoding="utf-8")
    assert "bad〔U+DCFF〕.yaml:" in wenxiao("check", path).output
    for option in ("--json", "--sarif"):
        json.loads(wenxiao("check", option, path).output)


def test_a_terminal_of_few_letters_is_no_fault(here):
    path = params_file(here)
    done = outside("check", path, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")
@pytest.mark.parametrize(
    ("redirected", "code"), [(">&-", 0), (">/dev/full", 2), ("2>&- >/dev/null", 0), ("<&-", 0)]
)
def test_closed_and_full_outputs_are_no_fault_of_the_program(here, redirected, code):
    path = params_file(here)
    command = f'"{sys.executable}" -m wenxiao --lang zh check "{path}" {redirected}'
    done = subprocess.run(command, shell=True, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == code
    assert (redirected == ">/dev/full") == ("磁盘满了" in done.stderr.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("command", ["form -o w/f.xlsx", "init w", "sample 3 -o w --clean"])
def test_a_full_disk_leaves_no_half_file(here, command):
    import resource
    import signal

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    (here / "w").mkdir()
    done = outside(*command.split(), preexec_fn=limit)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "文件超出了允许的大小" in said
    assert re.search(r"读写不了 w\b", said), said
    assert [path for path in (here / "w").rglob("*") if path.is_file() and path.name != "faults.jsonl"] == []


def test_why_a_system_refuses_is_said_in_the_users_language():
    words = reason(OSError(errno.ENOSPC, "No space left on device"))
    assert (words.zh, words.en) == ("磁盘满了", "the disk is full")
    assert reason(OSError(errno.EIO, "Input/output error")).zh == "Input/output error"


# --- what lies in folders of reports and sites -------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [[1], ["x", {}], [None]])
def test_a_report_whose_result_was_damaged_is_refused_by_diff(here, wrong):
    folder = made(params_file(here), here / "reports", "html")
    record = json.loads((folder / "evaluation.json").read_text("utf-8")) | {"indicators": wrong}
    (folder / "evaluation.json").write_text(json.dumps(record), encoding="utf-8")
    done = wenxiao("diff", here / "canal.yaml", folder)
    assert (done.exit_code, "这不是 wenxiao 写的评价结果" in done.output) == (2, True)

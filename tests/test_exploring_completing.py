"""Tab inside `project.what_if({"…`: the paths are offered where one is to be written, and nowhere else."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.manager import KernelManager

import wenxiao as wx
from helpers import SEED
from wenxiao.exploring.completing import completions, offer, offered
from wenxiao.running.warm.client import PackageKernelSpecs

BUDGET = ["budget.total.original", "budget.total.adjusted", "budget.total.outturn"]
ACTUAL = ["indicators[0].actual"]
FILE = SEED.as_posix()


@pytest.fixture(scope="module")
def names():
    project = wx.load(SEED)
    found = {
        "wx": wx,
        "load": wx.load,
        "project": project,
        "项目": project,
        "evaluation": wx.evaluate(project),
    }
    found["params_file"] = FILE
    return found | {"projects": [project], "by_name": {"甲": project}}


@pytest.mark.parametrize(
    ("before", "said", "paths"),
    [
        ('project.what_if({"budget.tot', "budget.tot", BUDGET),
        ("project.what_if({'budget.tot", "budget.tot", BUDGET),
        ('项目.what_if({"budget.tot', "budget.tot", BUDGET),
        ('project.what_if({"indicators[0].act', "indicators[0].act", ACTUAL),
        ('project.what_if({"rubric": "mof-2020", "budget.tot', "budget.tot", BUDGET),
        ('project.what_if({\n    "rubric": "x",  # {"it\'s"\n    "budget.tot', "budget.tot", BUDGET),
        ('project.what_if({"rubric": f(1, {"a": [2]})[0], "budget.tot', "budget.tot", BUDGET),
        ('project.what_if(overrides = {"budget.tot', "budget.tot", BUDGET),
        ('project.what_if({"rubric": "x"}).what_if({"budget.tot', "budget.tot", BUDGET),
        ('evaluation.project.what_if({"budget.tot', "budget.tot", BUDGET),
        ('projects[0].what_if({"budget.tot', "budget.tot", BUDGET),
        ('by_name["甲"].what_if({"budget.tot', "budget.tot", BUDGET),
        ('for rate in ("1", "2"):\n    print(wx.evaluate(project.what_if({"budget.tot', "budget.tot", BUDGET),
        ('x = "it\'s"  # don\'t\ny = """a\n"b"""\nproject.what_if({"budget.tot', "budget.tot", BUDGET),
        ('wx.scenarios(project, {"追加": {"budget.tot', "budget.tot", BUDGET),
        ('wx.scenarios(project, {"甲": {}, "乙": {"budget.tot', "budget.tot", BUDGET),
        ('wx.scenarios(project, rates=(1, 2), more={"追加": {"budget.tot', "budget.tot", BUDGET),
        (f'wx.scenarios("{FILE}", {{"追加": {{"budget.tot', "budget.tot", BUDGET),
        (f'wx.load("{FILE}", {{"budget.tot', "budget.tot", BUDGET),
        (f'load("{FILE}", overrides={{"budget.tot', "budget.tot", BUDGET),
        (f'wx.load("{FILE}").what_if({{"budget.tot', "budget.tot", BUDGET),
        ('params_file = "x"\noverrides = {"rubric": "y", "budget.tot', "budget.tot", BUDGET),  # a template's parameters
        ('project.what_if({"outturn', "outturn", BUDGET[2:]),  # none begins so: those it is part of
    ],
)  # fmt: skip
def test_paths_are_offered(names, before, said, paths):
    assert completions(before, names) == (said, paths)


@pytest.mark.parametrize("before", ["project.what_if({", 'project.what_if({"rubric": "mof-2020", '])
def test_where_no_quote_is_open_they_come_in_quotes(names, before):
    assert completions(before, names) == ("", [f'"{path}"' for path in names["project"].paths()])


@pytest.mark.parametrize(
    "before",
    [
        "", 'project.what_if({"rubric": "mof', 'project.what_if({"rubric": ', 'project.what_if("bud', 'project.what_if(["bud',
        'project.what_if({"rubric": {"bud', 'project.what_if(1, {"bud', 'project.what_if(other={"bud', "project.what_if({bud",
        'print({"bud', 'dict(project={"bud', 'evaluation.frame({"bud', 'nobody.what_if({"bud', 'nobody().what_if({"bud', '({"bud',
        'projects[7].what_if({"bud', 'by_name[[]].what_if({"bud', 'wx.scenarios(project, {"bud', 'wx.scenarios({"甲": {"bud',
        'wx.scenarios(project, {{"bud', 'wx.load(1, {"bud', 'wx.load("nowhere.yaml", {"bud',
        'project.what_if({"rubric": "x"}), {"bud', '# project.what_if({"bud', '"""project.what_if({"bud', ')]}{"bud', 'my_overrides = {"bud', 'overrides = {"x": {"bud', 'overrides = [{"bud', '1 2.what_if({"bud',
    ],
)  # fmt: skip
def test_elsewhere_nothing_is_offered(names, before):
    assert completions(before, names)[1] == []


def test_nothing_of_the_user_s_is_called(names):
    class Theirs:
        def __getattr__(self, name):
            raise AssertionError(name)

        __call__ = __getitem__ = __getattr__

    for before in (
        'theirs.project.what_if({"bud',
        'theirs["x"].what_if({"bud',
        'theirs("x").what_if({"bud',
        'theirs("x", {"bud',
    ):
        assert completions(before, names | {"theirs": Theirs()})[1] == []  # fmt: skip


def test_one_shell_gets_it_once(monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr("wenxiao.exploring.completing.get_ipython", lambda: shell)
    for _ in range(3):
        assert wx.load
    assert shell.Completer.custom_matchers == [offered]
    monkeypatch.setattr("wenxiao.exploring.completing.get_ipython", lambda: None)
    offer()  # no shell, as in a script: nothing happens


@pytest.mark.kernel
@pytest.mark.parametrize("name", ["python3", "wenxiao"])
def test_a_kernel_offers_them_to_jupyterlab(name, tmp_path, monkeypatch):
    """…an ordinary one, and one that is a fork of a process which had imported all before it was a kernel."""
    monkeypatch.setenv("HOME", str(tmp_path))
    manager = KernelManager(kernel_name=name, kernel_spec_manager=PackageKernelSpecs())
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(60)
        client.execute(f"import wenxiao as wx\nproject = wx.load({FILE!r})", reply=True, timeout=60)
        code = 'project.what_if({"indicators[0].act"})'
        reply = client.complete(code, code.index('"})'), reply=True, timeout=60)["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert reply["matches"] == ACTUAL
    assert code[reply["cursor_start"] : reply["cursor_end"]] == "indicators[0].act"

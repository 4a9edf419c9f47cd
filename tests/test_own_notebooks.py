"""Analysts' own templates: what is said before a kernel starts, what must be true afterwards, and that nothing is lost on the way."""

import base64
import copy
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest
from ruamel.yaml import YAML

from helpers import ROOT, SEED
from report_folders import _executed
from wenxiao.checking import check_file
from wenxiao.rendering.tree import options_of, read_notebook
from wenxiao.running.accepting import read_template
from wenxiao.running.notebook import clean
from wenxiao.running.outputs import output_faults
from wenxiao.running.postconditions import ran_faults, report_faults
from wenxiao.running.templates import TemplateError, template_hash, template_text, told

TEMPLATE = ROOT / "notebooks" / "self_evaluation.ipynb"
BIN = Path(sys.executable).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIGURE = '#| fig-alt: "折线图：支出逐季增加，四季度最多"\n#| fig-cap: 分季度支出\nimport matplotlib.pyplot as plt\n'
OWN = (
    "## 本局补充\n\n下表由**本局**提供。",
    '#| tbl-cap: 分季度支出（万元）\nimport pandas as pd\nquarters = pd.DataFrame({"季度": list("一二三四"), "支出": [3.2, 8.1, 12.4, 13.96]})\nquarters',
    f'{FIGURE}%config InlineBackend.figure_formats = ["svg"]\nquarters.plot(x="季度", legend=False);',
    '%config InlineBackend.figure_formats = ["png"]\nfig, ax = plt.subplots(figsize=(4, 2))\nax.bar(quarters["季度"], quarters["支出"])\n'
    'plt.close(fig)\ntop = quarters["支出"].max()\ndisplay(fig, metadata={"alt": f"柱形图：最多 {top} 万元", "caption": "柱形图"})',
    'print("合计", round(quarters["支出"].sum(), 2))',
)


def ours():
    return nbformat.read(TEMPLATE, as_version=4)


def own(*cells, at=19):
    """Give our template with more cells in it; those that begin with # and a space after it are prose."""
    nb = ours()
    made = [v4.new_markdown_cell(c) if c.startswith("## ") else v4.new_code_cell(c) for c in cells]
    nb.cells[at:at] = made
    return nb


def written(folder, nb, name="mine.ipynb"):
    path = folder / name
    path.write_text(nb if isinstance(nb, str) else json.dumps(nb, ensure_ascii=False), encoding="utf-8")
    return path


def faults(path):
    with pytest.raises(TemplateError) as caught:
        read_template(path)
    english = caught.value.text("en").replace(path.as_posix(), "")
    assert not CHINESE.search(re.sub("“[^”]*”|`[^`]*`", "", english)), english
    return caught.value.text("zh")


# --- before a kernel starts ---


def test_our_own_templates_are_accepted_as_they_stand():
    assert read_template(TEMPLATE) == TEMPLATE.read_text(encoding="utf-8")


def test_what_an_editor_leaves_in_a_notebook_makes_no_other_template(tmp_path):
    nb = own(*OWN)
    plain = written(tmp_path, nb, "plain.ipynb")
    saved = copy.deepcopy(nb)
    saved.metadata.update(
        kernelspec={"name": "wenxiao", "display_name": "问效", "language": "python"},
        language_info={"name": "python", "version": "3.11.2"},
        jupytext={"formats": "ipynb,py:percent"}, widgets={"state": {}},
    )  # fmt: skip
    for n, cell in enumerate(saved.cells):
        cell.id = f"{n:08x}"
        cell.metadata["collapsed"] = True
        if cell.cell_type == "code":
            cell.execution_count = n + 1
            cell.outputs = [v4.new_output("stream", text="别的项目")]
    assert template_hash(written(tmp_path, saved, "saved.ipynb")) == template_hash(plain)
    assert "别的项目" not in template_text((tmp_path / "saved.ipynb").read_bytes())
    nb.cells[3].source += "。"
    assert template_hash(written(tmp_path, nb, "other.ipynb")) != template_hash(plain)


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "不是 Jupyter 笔记本"), ("{}", "不是 Jupyter 笔记本"), ("[" * 100_000, "不是 Jupyter 笔记本"),
     ('{"nbformat": 3, "worksheets": []}', "格式是 3"), ('{"nbformat": 4, "cells": []}', "没有格子"),
     ('{"nbformat": 4, "metadata": {}, "cells": [3, {"cell_type": "code"}]}', "第 2 格：不合 nbformat 4")],
)  # fmt: skip
def test_what_is_no_notebook_gets_a_line(tmp_path, content, said):
    assert said in faults(written(tmp_path, content))


def test_no_file_a_folder_and_a_script_without_cells(tmp_path):
    assert "没有这个文件" in faults(tmp_path / "none.ipynb")
    assert "这是文件夹" in faults(tmp_path)
    assert "没有用 # %% 分格" in faults(written(tmp_path, "print(1)\n", "mine.py"))


def changed(n, source=None, **metadata):
    def change(nb):
        if source is not None:
            nb.cells[n].source = source
        nb.cells[n].metadata.update(metadata)

    return change


PARAMETERS = 'params_file = "params/example.yaml"\n'
BAD = {
    "no parameters": (changed(0, tags=[]), "没有标签为 parameters 的格"),
    "two cells of parameters": (changed(1, tags=["parameters"]), "第 2 格：第 1 格已有标签 parameters"),
    "parameters in prose": (lambda nb: (changed(0, tags=[])(nb), changed(3, tags=["parameters"])(nb)), "第 4 格：标签为 parameters 的不是代码格"),
    "nothing given": (changed(0, "overrides = {}"), "第 1 格：没有写 params_file"),
    "more than is given": (changed(0, PARAMETERS + 'region = "新晃"'), "第 1 格第 2 行：这里有 region"),
    "work among parameters": (changed(0, "import os\n" + PARAMETERS), "第 1 格第 1 行：标签为 parameters 的格只写参数"),
    "a what-if template": (changed(0, PARAMETERS + 'overrides = {"budget.total.outturn": "30"}'), "第 1 格第 2 行：overrides 不是空的"),
    "given again": (changed(2, PARAMETERS + "wx.title(evaluation)"), "第 3 格第 1 行：这里又给 params_file 赋值"),
    "not used": (changed(1, 'import wenxiao as wx\nproject = wx.load_project("a.yaml")'), "第 1 格：后面没有用到 params_file"),
    "a report": (changed(1, tags=["injected-parameters"]), "第 2 格：这是运行过的报告"),
    "not Python": (changed(2, "wx.title(evaluation"), "第 3 格第 1 行：不是 Python"),
    "goes on after errors": (changed(2, tags=["raises-exception"]), "第 3 格：有标签 raises-exception"),
    "installs": (changed(2, "1\n%pip install seaborn"), "第 3 格第 2 行：模板里安装软件"),
    "another language": (lambda nb: nb.metadata.update(kernelspec={"name": "ir", "display_name": "R", "language": "R"}), "笔记本的语言是 R"),
    "one id twice": (lambda nb: nb.cells[5].update(id="cell-02"), "第 6 格：与第 2 格的 id 相同"),
    "a picture in prose": (changed(3, "![示意图](a.png)"), "第 4 格：文字格里的图片"),
    "a tag in prose": (changed(3, "共 3 项<br>其中 2 项"), "第 4 格：网页标签 <br>"),
    "a line that is no option": (changed(2, "#| fig-alt：图\n1"), "第 3 格：“#|”行读不出"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_named_with_its_cell(tmp_path, name):
    change, said = BAD[name]
    nb = ours()
    change(nb)
    found = faults(written(tmp_path, nb))
    assert said in found
    assert len(found.splitlines()) <= 4, found


def test_a_module_beside_the_template_does_not_go_with_the_report(tmp_path):
    (tmp_path / "charts_of_ours.py").write_text("x = 1\n", encoding="utf-8")
    path = written(tmp_path, own("import pandas, charts_of_ours"))
    assert "第 20 格第 1 行：引用的 charts_of_ours 是模板旁边的文件" in faults(path)


def test_all_faults_at_once_and_nothing_is_written(tmp_path):
    nb = ours()
    for name in ("more than is given", "not Python", "one id twice"):
        BAD[name][0](nb)
    found = faults(written(tmp_path, nb))
    assert found.splitlines()[-1] == "共 3 处需要修改。"
    command = [sys.executable, "-m", "wenxiao", "--lang", "en", "run", SEED, "--notebook", "mine.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "cell 3, line 1: This is no Python" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "reports").exists()


# --- scripts and pairs ---


def jupytext(folder, *arguments):
    subprocess.run([BIN / "jupytext", "--quiet", *arguments], cwd=folder, check=True, capture_output=True)


def test_a_paired_template_is_the_same_as_notebook_and_as_script(tmp_path):
    path = written(tmp_path, own(*OWN))
    before = template_hash(path)
    jupytext(tmp_path, "--set-formats", "ipynb,py:percent", path)
    script = path.with_suffix(".py")
    assert 'tags=["parameters"]' in script.read_text(encoding="utf-8")
    assert template_hash(path) == before, "what jupytext notes in it does not count"
    assert read_template(script) == read_template(path)
    script.write_text(script.read_text("utf-8").replace("下表由**本局**提供", "下表由**本局**汇总"), "utf-8")
    jupytext(tmp_path, "--sync", path)
    assert "汇总" in read_template(path)
    assert read_template(script) == read_template(path)


def test_without_jupytext_a_script_is_refused_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    assert "pip install jupytext" in faults(written(tmp_path, "# %%\n", "mine.py"))


# --- afterwards ---


def png(colour="white", dot=True):
    from PIL import Image

    picture = Image.new("RGB", (20, 10), colour)
    if dot:
        picture.putpixel((3, 3), (0, 0, 0))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


ALT = {"alt": "图"}
LINE = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L1 1"/>{}</svg>'
UNSOUND = {
    "script": ({"text/html": "<p>表</p><script>draw()</script>"}, {}, "<script>"),
    "frame": ({"text/html": '<iframe src="a.html"></iframe>'}, {}, "<iframe>"),
    "svg in html": ({"text/html": "<div><svg></svg></div>"}, {}, "<svg>"),
    "img": ({"text/html": '<img src="https://a.cn/x.png" alt="图">'}, {}, "<img>"),
    "image in markdown": ({"text/markdown": "![图](a.png)"}, {}, "<img>"),
    "widget": ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=3)"}, {}, "控件"),
    "plotly": ({"application/vnd.plotly.v1+json": {}, "text/plain": "Figure"}, {}, "vnd.plotly"),
    "jpeg": ({"image/jpeg": "AAAA", "text/plain": "<IPython.core.display.Image object>"}, {}, "改存为 PNG"),
    "formula": ({"text/latex": "$x$", "text/plain": "x"}, {}, "公式写成文字"),
    "object": ({"text/plain": "[<matplotlib.lines.Line2D at 0x7f10>]"}, {}, "末尾加分号"),
    "label": ({"text/plain": "Text(0.5, 1.0, '支出')"}, {}, "末尾加分号"),
    "axes": ({"text/plain": "<Axes: xlabel='季度'>"}, {}, "末尾加分号"),
    "no words": ({"image/png": png()}, {}, "没有文字说明"),
    "matplotlib's words": ({"image/png": png()}, {"alt": "No description has been provided"}, "没有文字说明"),
    "one colour": ({"image/png": png(dot=False)}, ALT, "图是空的"),
    "broken": ({"image/png": "AAAA"}, ALT, "图是空的"),
    "no axes": ({"image/png": png(), "text/plain": "<Figure size 640x480 with 0 Axes>"}, ALT, "图是空的"),
    "nothing drawn": ({"image/svg+xml": "<svg></svg>"}, ALT, "图是空的"),
    "script in svg": ({"image/svg+xml": LINE.format("<script>1</script>")}, ALT, "程序或外部地址"),
    "address in svg": ({"image/svg+xml": LINE.format('<image href="http://a.cn/x.png"/>')}, ALT, "程序或外部地址"),
}  # fmt: skip
SOUND = {
    "frame of pandas": ({"text/html": "<div><style scoped>td {}</style><table><tr><td>1</td></tr></table></div>"}, {}),
    "png": ({"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"}, ALT),
    "svg": ({"image/svg+xml": LINE.format('<use href="#a"/>')}, {"image/svg+xml": ALT}),
    "words": ({"text/plain": "'合计 3 < 5'"}, {}),
    "markdown": ({"text/markdown": "**合计** 3"}, {}),
    "widget with a table": ({"application/vnd.jupyter.widget-view+json": {}, "text/html": "<p>方案</p>"}, {}),
}  # fmt: skip


def shown(*outputs, source="show()"):
    cell = v4.new_code_cell(source, execution_count=1)
    cell.outputs = [v4.new_output("display_data", data, metadata=metadata) for data, metadata in outputs]
    return v4.new_notebook(cells=[v4.new_markdown_cell("一"), cell])


@pytest.mark.parametrize("name", UNSOUND)
def test_what_page_or_pdf_would_lose_is_refused(name):
    data, metadata, said = UNSOUND[name]
    found = list(output_faults(shown((data, metadata))))
    assert len(found) == 1
    assert found[0].text("zh").startswith("第 2 格：")
    assert said in found[0].text("zh")
    assert not CHINESE.search(re.sub("“[^”]*”", "", found[0].text("en")))


@pytest.mark.parametrize("name", SOUND)
def test_what_they_can_show_passes(name):
    assert not list(output_faults(shown(SOUND[name])))


def test_a_cells_first_lines_describe_one_picture():
    assert options_of("#| fig-alt: 甲\n#| fig-cap: '乙: 丙'\nplot()\n#| tbl-cap: 丁") == {
        "fig-alt": "甲", "fig-cap": "乙: 丙",
    }  # fmt: skip
    one, other = ({"image/png": png()}, {}), ({"image/png": png("red")}, {})
    assert not list(output_faults(shown(one, source=FIGURE)))
    assert "显示了两次" in told(output_faults(shown(one, one, source=FIGURE)), "zh")
    assert "文字说明相同" in told(output_faults(shown(one, other, source=FIGURE)), "zh")
    figure = read_notebook(shown(one, source=FIGURE)).blocks[-1]
    assert (figure.alt, figure.caption) == ("折线图：支出逐季增加，四季度最多", "分季度支出")


TRACE = (
    'Traceback (most recent call last):\n  File "<ipython>", line 1\nZeroDivisionError: division by zero\n'
)


@pytest.mark.parametrize(
    ("output", "said"),
    [(v4.new_output("stream", name="stderr", text=TRACE), "出错后没有停下，只打印了错误：ZeroDivisionError: division by zero"),
     (v4.new_output("stream", name="stdout", text=TRACE), "出错后没有停下"),
     (v4.new_output("execute_result", {"text/plain": repr(TRACE)}), "出错后没有停下"),
     (v4.new_output("error", ename="KeyError", evalue="'a'", traceback=[]), "`show()` 出错：KeyError: 'a'"),
     (v4.new_output("stream", name="stderr", text="UserWarning: Glyph 23395 (CJK) missing from font(s) DejaVu Sans."), "图里有字画不出来：季"),
     (v4.new_output("stream", name="stderr", text=f"Exception ignored in: <function A.__del__>\n{TRACE}"), ""),
     (v4.new_output("stream", name="stderr", text="FutureWarning: use x instead"), "")],
)  # fmt: skip
def test_a_run_that_swallowed_an_error_is_no_success(output, said):
    nb = shown()
    nb.cells[1].outputs = [output]
    found = told(ran_faults(nb), "zh")
    assert (said in found) if said else not found


def test_a_cell_that_was_not_run_is_named():
    nb = shown()
    nb.cells[1].execution_count = None
    assert told(ran_faults(nb), "zh").startswith("第 2 格：没有运行")
    nb.cells[1].metadata["tags"] = ["skip-execution"]
    assert not ran_faults(nb)


def without(n):
    return lambda nb: nb.cells.pop(n - 1)


INCOMPLETE = {
    "title": (without(3), "没有标题"),
    "findings": (without(26), "没有核对发现的问题"),
    "record": (without(32), "没有附评价结果"),
    "another project": (changed(1, f"import wenxiao as wx\nproject = wx.load_project({str(SEED)!r})\nevaluation = wx.evaluate(project, wx.load_rubric(project.rubric))\n_ = params_file"), "与计分结果不一致（总分 None，应为 100.00）"),
    "another table": (changed(21, "import dataclasses as d\nother = wx.evaluate(project.model_copy(update={'indicators': project.indicators[:1]}), wx.load_rubric(project.rubric))\nwx.score_table(other)"), "没有自评表或得分表，或者不是这次计算的"),
}  # fmt: skip


@pytest.mark.parametrize("name", INCOMPLETE)
def test_a_template_leaves_nothing_out_that_a_report_must_say(tmp_path, name):
    from report_folders import params_file

    change, said = INCOMPLETE[name]
    nb = ours()
    if name == "another table":
        nb.cells[11].source = "None"
    change(nb)
    params = params_file(tmp_path)
    params.rename(tmp_path / "params.yaml")
    evaluation = check_file(tmp_path / "params.yaml", None)
    made = _executed(written(tmp_path, nb), tmp_path, 60)
    found = told(report_faults(made, read_notebook(made), evaluation, evaluation.as_json()), "zh")
    assert said in found, found
    assert len(found.splitlines()) == 1


def test_either_table_will_do(tmp_path):
    from report_folders import params_file

    params_file(tmp_path).rename(tmp_path / "params.yaml")
    evaluation = check_file(tmp_path / "params.yaml", None)
    for n in (12, 22):
        nb = ours()
        nb.cells[n - 1].source = "None"
        made = _executed(written(tmp_path, nb), tmp_path, 60)
        assert not list(report_faults(made, read_notebook(made), evaluation, evaluation.as_json()))


def test_a_frame_whose_index_has_a_name_gets_one_row_of_heads():
    import pandas as pd

    frame = pd.DataFrame({"季度": ["一"], "支出": [3.2], "笔数": [1]}).set_index("季度")
    (table,) = read_notebook(shown(({"text/html": frame.to_html()}, {}))).blocks[1:]
    assert [[cell.text for cell in row] for row in table.head] == [["季度", "支出", "笔数"]]
    assert table.body[0][0].scope == "row"


# --- with a kernel ---


def wenxiao(*arguments, cwd, lang="zh"):
    command = [sys.executable, "-m", "wenxiao", "--lang", lang, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A report by an own template with tables and pictures of its own, from the notebook and from the script."""
    root = tmp_path_factory.mktemp("own")
    path = written(root, own(*OWN))
    jupytext(root, "--to", "py:percent", path)
    for name in ("mine.ipynb", "mine.py"):
        done = wenxiao("run", SEED, "--notebook", name, "-o", root / name[-2:], cwd=root)
        assert done.returncode == 0, done.stderr
    return root


kernel = pytest.mark.kernel
group = pytest.mark.xdist_group("kernel")


@kernel
@group
def test_an_own_template_gives_the_same_bytes_again_as_notebook_and_as_script(made):
    one, two = (made / name / "2021" / SEED.stem for name in ("nb", "py"))
    for path in sorted(one.iterdir()):
        if path.name != "provenance.json":
            assert path.read_bytes() == (two / path.name).read_bytes(), path.name
    page = (one / "report.html").read_text(encoding="utf-8")
    for words in ("下表由<strong>本局</strong>提供", "<caption>分季度支出（万元）</caption>", 'alt="折线图：', 'alt="柱形图：最多 13.96 万元"', "合计 37.66"):  # fmt: skip
        assert words in page
    assert "image/svg+xml" in (one / "report.ipynb").read_text(encoding="utf-8")


@kernel
@group
def test_a_report_carries_its_template(made):
    folder = made / "nb" / "2021" / SEED.stem
    inputs = json.loads((folder / "provenance.json").read_text("utf-8"))["inputs"]
    assert inputs["template"] == template_hash(made / "mine.ipynb")
    assert template_text((folder / "report.ipynb").read_bytes()) == read_template(made / "mine.ipynb")
    again = wenxiao("run", SEED, "--notebook", "mine.py", "-o", made / "nb", cwd=made)
    assert "已是最新 1" in again.stdout
    refused = wenxiao("run", SEED, "--notebook", folder / "report.ipynb", cwd=made)
    assert refused.returncode == 2
    assert "第 2 格：这是运行过的报告" in refused.stderr


@kernel
@group
def test_verify_runs_the_code_of_a_published_template_only_when_told(made, tmp_path):
    import shutil

    folder = tmp_path / SEED.stem
    shutil.copytree(made / "nb" / "2021" / SEED.stem, folder)
    read = wenxiao("verify", folder, cwd=tmp_path)
    assert read.returncode == 0, read.stdout
    assert "--run-template" in read.stdout
    run = wenxiao("verify", folder, "--run-template", cwd=tmp_path)
    assert run.returncode == 0, run.stdout
    assert "另一份模板" not in run.stdout
    assert "report.ipynb" in run.stdout.partition("逐字节相同")[2]
    # Code that is not the template recorded is told, and never run.
    path, mark = folder / "report.ipynb", tmp_path / "ran"
    nb = json.loads(path.read_text("utf-8"))
    nb["cells"][-1]["source"] = [f"open({str(mark)!r}, 'w')\n", *nb["cells"][-1]["source"]]
    path.write_text(json.dumps(nb, ensure_ascii=False), encoding="utf-8")
    told = wenxiao("verify", folder, "--run-template", cwd=tmp_path)
    assert told.returncode == 1
    assert "不是登记的那份模板" in told.stdout
    assert not mark.exists()


@kernel
@group
def test_swallowed_errors_and_lost_pictures_are_told_together_with_their_cells(tmp_path):
    nb = own(
        "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()",
        "import threading\none = threading.Thread(target=lambda: {}['a'])\none.start()\none.join()",
        "get_ipython().run_cell('1 / 0');",
    )
    done = wenxiao("run", SEED, "--notebook", written(tmp_path, nb), "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 1
    for words in (
        "第 20 格：出错后没有停下，只打印了错误：ZeroDivisionError",
        "第 21 格：出错后没有停下",
        "第 22 格第 1 行：",
    ):
        assert words in done.stderr
    assert not list((tmp_path / "out").rglob("report.*"))
    nb = own('import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title("支出")')
    done = wenxiao("run", SEED, "--notebook", written(tmp_path, nb), "-o", tmp_path / "out", cwd=tmp_path, lang="en")  # fmt: skip
    assert "cell 20: Its last line gives an object of the program" in done.stderr
    assert "cell 20: A picture says nothing to whoever can't see it" in done.stderr


@kernel
@group
def test_a_file_beside_the_template_is_not_found_and_the_message_says_why(tmp_path):
    (tmp_path / "data.csv").write_text("a\n1\n", encoding="utf-8")
    path = written(tmp_path, own('open("data.csv")'))
    done = wenxiao("run", SEED, "--notebook", path, "-o", tmp_path / "out", cwd=tmp_path)
    assert "第 20 格" in done.stderr
    assert "读不到旁边的文件" in done.stderr


# --- no outputs in commits ---


def test_the_commit_hook_takes_outputs_out_and_leaves_the_rest(tmp_path):
    config = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hook = next(one for repo in config["repos"] for one in repo["hooks"] if one["id"] == "nbstripout")
    program, *arguments = hook["entry"].split()
    nb = own(*OWN)
    clear = nbformat.writes(nb) + "\n"
    for n, cell in enumerate(nb.cells):
        if cell.cell_type == "code":
            cell.update(execution_count=n + 1, outputs=[v4.new_output("stream", text="数字")])
    paths = [written(tmp_path, nbformat.writes(nb) + "\n"), *(written(tmp_path, p.read_text("utf-8"), p.name) for p in (ROOT / "notebooks").glob("*.ipynb"))]  # fmt: skip
    subprocess.run([BIN / Path(program).name, *arguments, *paths], check=True)
    assert paths[0].read_text(encoding="utf-8") == clear
    for path in paths[1:]:
        assert path.read_bytes() == (ROOT / "notebooks" / path.name).read_bytes(), (
            "tracked notebooks have none"
        )


def test_cleaning_leaves_pictures_of_others_alone():
    svg = LINE.format('<g id="u5e74"/>')
    nb = shown(({"image/svg+xml": svg}, ALT))
    nb.cells[1].outputs.append(v4.new_output("stream", name="stderr", text="warning"))
    assert clean(nb).cells[1].outputs[0].data["image/svg+xml"] == svg
    assert len(nb.cells[1].outputs) == 1

"""The analysis over all reports: figures, honest tables, same bytes; by papermill and nbconvert, and by one command."""

import html
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest
from typer.testing import CliRunner

from helpers import PARAMS, ROOT, evaluated, project
from wenxiao.checking import check_file
from wenxiao.cli import app
from wenxiao.document import Figure, Table, plain_text
from wenxiao.exploring import across
from wenxiao.portfolio import (
    changes,
    departments,
    figures,
    grading,
    outliers,
    shortfalls,
    spending,
    write_portfolio,
)
from wenxiao.portfolio.frames import portfolio
from wenxiao.rendering.html import WenxiaoHTMLExporter
from wenxiao.rendering.pdf import WenxiaoPDFExporter, render
from wenxiao.rendering.tree import read_notebook

NOTEBOOK = ROOT / "notebooks" / "portfolio.ipynb"
CALLS = [
    cell["source"][0]
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code" and cell["source"][0].startswith("across.")
]


def one(name="试点", year=2021, unit="甲局", outturn="100", actual="8个", department=None, **more):
    about = {"name": name, "year": year, "unit": unit} | ({"department": department} if department else {})
    indicators = [
        {"category": "output", "name": "设备", "target": "=8个", "actual": actual, "points": 50},
        {"category": "outcome", "name": "受益人数", "target": "≥100人", "actual": "120人", "points": 30},
        {"category": "satisfaction", "name": "满意度", "target": "≥90%", "actual": "95%", "points": 10},
    ]
    budget = {"amount_unit": "万元", "total": {"adjusted": "100", "outturn": outturn}}
    return evaluated(project(project=about, indicators=indicators, budget=budget, **more))


def shown(found, call):
    return eval(call, {"across": across, "portfolio": found})


def executed(found):
    """Give the notebook as a kernel would run it, in this process."""
    nb = nbformat.read(NOTEBOOK, as_version=4)
    for cell in nb.cells:
        if cell.source in CALLS:
            data, metadata = shown(found, cell.source)._repr_mimebundle_()
            cell.outputs = [v4.new_output("execute_result", data, metadata=metadata)]
    return nb


def words(found, name):
    return plain_text(getattr(across, name)(found).blocks)


@pytest.fixture(scope="module")
def real():
    return portfolio(map(check_file, PARAMS))


@pytest.fixture(scope="module")
def many():
    """Thirty projects of three departments in two years."""
    made = []
    for i in range(15):
        department = ("教育局", "水利局", None)[i % 3]
        made.append(one(f"2020年第{i}项", 2020, f"单位{i}", department=department))
        made.append(one(f"第{i}项", 2021, f"单位{i}", str(40 + 4 * i), "8个" if i % 2 else "6个", department))
    return portfolio(made)


# --- the whole notebook ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["real", "many", "none"])
def test_every_part_can_be_set_and_bytes_are_the_same(which, request, tmp_path):
    found = portfolio(tmp_path) if which == "none" else request.getfixturevalue(which)
    nb = executed(found)
    page, _ = WenxiaoHTMLExporter().from_notebook_node(nb)
    pdf = render(read_notebook(nb))
    assert page == WenxiaoHTMLExporter().from_notebook_node(executed(found))[0]
    assert pdf == WenxiaoPDFExporter().from_notebook_node(executed(found))[0]
    assert page.count("<script") == (
        '<table class="sorts">' in page
    )  # the one that sorts, and only where it can
    assert "未命名" not in page
    sections = re.findall(r"<h2 .*?</h2>(.*?)(?=<h2|</main>)", page, re.S)
    assert len(sections) == 10
    assert all(len(re.sub("<[^>]+>", "", section).strip()) > 5 for section in sections), (
        "a heading with nothing below"
    )


def test_figures_have_words_and_tables_say_how_long_they_are(many):
    blocks = [block for call in CALLS for block in shown(many, call).blocks]
    drawn = [block for block in blocks if isinstance(block, Figure)]
    assert len(drawn) == 8
    assert all(len(figure.alt) > 20 and figure.caption for figure in drawn)
    assert not re.search(r"<script|https?://(?!www\.w3\.org)", "".join(figure.svg for figure in drawn))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(tables) == 7
    assert all(re.search(r"排列.*；(前 \d+ .+?，)?共 [\d,]+ ", table.note) for table in tables)


def test_a_share_never_stands_without_its_number(many, real):
    for found in (many, real):
        for call in CALLS:
            for block in shown(found, call).blocks:
                for match in re.finditer(r"（(\d+\.\d)%）", plain_text([block])):
                    before = plain_text([block])[: match.start()]
                    assert re.search(r"[\d,]+(\.\d+)? ?(个|项|条|对|万元|项未达到)?$", before), before[-20:]


def test_no_reports_says_so(tmp_path):
    found = portfolio(tmp_path)
    assert "wenxiao run params" in words(found, "summary")
    assert words(found, "grades") == "没有项目，略。"
    chosen = portfolio([one()]).where(1999, "教育局")
    assert "没有符合条件（1999年度、教育局）的项目" in words(chosen, "summary")


# --- what the sentences say ------------------------------------------------------------------------------------------


def test_overview(many):
    said = words(many, "summary")
    assert "30 个项目的绩效自评，评价年度为 2020—2021 年（其中 2 个年度有报告），由 15 个实施单位实施" in said
    assert "写明的主管部门有 2 个，另有 10 个项目没有写明主管部门，列为“未列明”" in said
    spent = 1500 + sum(min(40 + 4 * i, 999) for i in range(15))
    assert f"全年预算数合计 3,000.00 万元，全年执行数合计 {spent:,}.00 万元" in said
    assert words(many, "title") == "2020—2021年度项目支出绩效自评组合分析"
    assert words(many.where(2021, "教育局"), "title") == "2021年度教育局项目支出绩效自评组合分析"


def test_projects_without_a_total(real):
    said = words(real, "summary")
    totals = [check_file(path).total for path in PARAMS]
    there = sum(total is not None for total in totals)
    assert f"其中 {figures.part_of(there, len(PARAMS))}算出了总分" in said
    assert f"其余 {len(PARAMS) - there} 个没有总分" in said
    assert "有总分的项目只有 1 个，不作分布分析" in words(real, "grades")
    assert grading.totals_chart(real) is None
    assert words(real, "compared_departments") == "12 个项目都没有写明主管部门，不作部门比较。"


def test_a_what_if_run_is_named():
    record = check_file(PARAMS[0]).as_dict() | {"overrides": {"budget.total.outturn": "1"}}
    from wenxiao.portfolio.frames import Portfolio
    from wenxiao.portfolio.rows import tables_of
    from wenxiao.portfolio.tabular import _of_rows

    found = Portfolio(_of_rows([tables_of("x", record)]))
    assert "假设情景" in words(found, "summary")


def test_execution_bands(many):
    counts = re.findall(r"(低于 60%|正好 100%|超过 100%) (\d+) 个", spending.execution_chart(many).alt)
    assert dict(counts) == {"低于 60%": "5", "正好 100%": "15", "超过 100%": "0"}
    over = portfolio([one(outturn="120"), one(unit="乙局")])
    assert "超过 100% 的 1 个（50.0%）" in words(over, "execution")


def test_outputs_against_spending(many):
    said = words(many, "outputs")
    rates = [40 + 4 * i for i in range(15)]
    done = sum(rate < 80 and i % 2 for i, rate in enumerate(rates))
    neither = sum(rate < 80 and not i % 2 for i, rate in enumerate(rates))
    assert f"产出却全部达到的（执行率低于 80%）{figures.part_of(done, 30)}" in said
    assert f"两者都低的 {figures.part_of(neither, 30)}" in said
    assert "Spearman" in said


def fields_of(chart):
    """Give how many projects the chart says are in which bands of the rate and of the outputs."""
    return {tuple(at): int(many.replace(",", "")) for *at, many in re.findall(r"执行率([^；、，：]+)、产出(.+?) ([0-9,]+) 个", chart.alt)}  # fmt: skip


def test_outputs_are_drawn_in_bands(many, real):
    found = portfolio([
        one(unit="甲", outturn="79.99"), one(unit="乙", outturn="80"), one(unit="丙"), one(unit="丁"), one(unit="戊", outturn="101"),
        one(unit="己", outturn="59", actual="1个"), one(unit="庚", actual="7.6个"), one(unit="辛", actual="7.5个"),
    ])  # fmt: skip
    assert fields_of(spending.outputs_chart(found)) == {
        ("60%—80%", "全部达到"): 1, ("80%—90%", "全部达到"): 1, ("正好 100%", "全部达到"): 2, ("超过 100%", "全部达到"): 1,
        ("低于 60%", "低于 80%"): 1, ("正好 100%", "95%—100%"): 1, ("正好 100%", "80%—95%"): 1,
    }  # fmt: skip
    for found in (many, real):
        assert sum(fields_of(spending.outputs_chart(found)).values()) == len(spending.both(found.ones))
    assert spending.outputs_chart(portfolio([one(actual="已完成")])) is None


def boxes(svg):
    """Give the places of all upright words and circles of a chart: left, top, right, bottom."""
    for x, y, size, letters in re.findall(
        r'translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+) -\3\)"(.*?)</g>', svg, re.S
    ):
        last = max(map(float, re.findall(r"<use [^>]*translate\(([\d.]+)", letters)), default=0.0)
        left, foot, size = float(x), float(y), float(size)
        yield left, foot - 75 * size, left + (last + 45) * size, foot
    for circle in re.findall(r'id="PathCollection_\d+">(.*?)(?=<g id=)', svg, re.S):
        placed = re.search(r'<use xlink:href="#(\w+)" x="([\d.]+)" y="([\d.]+)"', circle)
        outline = (
            re.search(rf'id="{placed[1]}" d="([^"]*)"', svg) if placed else re.search(r' d="([^"]*)"', circle)
        )
        ends = [float(n) for n in re.findall(r"-?[\d.]+", outline[1])]
        right, down = (float(placed[2]), float(placed[3])) if placed else (0.0, 0.0)
        across, up = ends[::2], ends[1::2]
        yield min(across) + right, min(up) + down, max(across) + right, max(up) + down


def test_nothing_covers_anything_however_many_projects_there_are():
    """Most projects have spent and reached all: what is near 100 % must be read even so."""
    from wenxiao.portfolio.plots import Kind, crossing

    rows, columns = (
        [name for name, _ in spending.REACHED],
        [*(name for name, _, _ in spending.BANDS), spending.FULL, spending.OVER],
    )
    for numbers in ([100_000] * 24, [1] * 24, range(1, 20_000, 834)):
        places = [(row, column) for row in range(4) for column in range(6)]
        kinds = (
            Kind("钱花了，产出没有全部达到", "#1f5a99"),
            Kind("钱没有花完，产出却全部达到", "#1f5a99", filled=False),
        )
        fields = {at: (many, kinds[many % 2]) for at, many in zip(places, numbers, strict=True)}
        found = list(boxes(crossing(rows, columns, fields, (1, 2), "执行率", "产出")))
        assert len(found) == 24 + 24 + len(rows) + len(columns) + 1 + 2 * len({many % 2 for many in numbers})
        for i, (left, top, right, bottom) in enumerate(found):
            assert 0 <= left < right <= 442
            covered = [o for o in found[:i] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]
            assert not covered, (numbers, found[i], covered)


def test_missed_indicators(many):
    said = words(many, "missed")
    assert "30 个项目共有 90 项指标，其中 90 项（100.0%）的实际完成值可以与指标值比较" in said
    assert "8 项（8.9%）没有达到指标值，分布在 8 个（26.7%）项目" in said
    table = shortfalls.missed(many)[-1]
    assert [cell.text for cell in table.body[0]] == ["设备", "未分二级", "30", "8", "26.7%", "100.00"]


def test_departments(many):
    said = words(many, "compared_departments")
    assert "写明的主管部门有 2 个。有总分的项目不少于 5 个的有 2 个" in said
    table = departments.departments(many)[1]
    assert [row[0].text for row in table.body] == ["教育局", "水利局", "未列明"]
    assert departments.departments_chart(many).alt.count("中位数") == 2


def test_findings(real):
    said = words(real, "findings")
    evaluations = [check_file(path) for path in PARAMS]
    found = [finding for evaluation in evaluations for finding in evaluation.findings]
    wrong = sum(any(f.severity == "error" for f in e.findings) for e in evaluations)
    assert f"12 个项目共发现 {len(found)} 条问题" in said
    assert f"错误 {sum(f.severity == 'error' for f in found)} 条" in said
    assert f"有未说明的错误的项目 {figures.part_of(wrong, 12)}" in said


def test_outliers_say_who_and_why():
    found = portfolio([
        *(one(unit=f"单位{i}") for i in range(8)), one("低分", actual="1个"), one("超支", outturn="130"), one("没花", outturn="30"),
    ])  # fmt: skip
    table = outliers.outliers(found)[-1]
    why = {row[0].text: row[-1].text for row in table.body}
    assert set(why) == {"低分", "超支", "没花"}
    assert why["低分"].startswith("总分明显偏低（界限 ")
    assert "执行数超过全年预算数" in why["超支"]
    assert "执行率低而 1 项产出全部达到" in why["没花"]


def test_the_same_project_in_two_years(many):
    said = words(many, "over_the_years")
    assert "有 15 对相邻的年度可以对照；其中 15 对（100.0%）两年都有总分：上升 0 对" in said
    table = changes.changes(many)[-1]
    assert table.body[0][0].text == "第0项"
    twice = portfolio([one(year=2020), one(year=2021), one(year=2021)])
    assert "另有 1 个名称在同一单位同一年度不止一份报告" in words(twice, "over_the_years")
    unchanged = portfolio([one(year=2020), one(year=2021)])
    assert "没有一对的总分有变化" in words(unchanged, "over_the_years")
    assert changes.changes_chart(unchanged) is None


def test_long_lists_are_cut_and_say_so():
    found = portfolio(
        one(f"第{i}项", unit=f"单位{i}", department=f"部门{i}", outturn="130") for i in range(31)
    )
    for section, note in (
        (departments.departments, "前 20 个，共 31 个"),
        (outliers.outliers, "前 20 个，共 31 个"),
    ):
        table = section(found)[-1]
        assert len(table.body) == 20
        assert note in table.note


def test_quantiles_are_exact():
    values = [Decimal(n) for n in (90, 80, 100, 70)]
    assert figures.quantile(values, Decimal("0.25")) == Decimal("77.5")
    assert figures.rank_correlation([(Decimal(n), Decimal(-n)) for n in range(5)]) == -1
    assert figures.rank_correlation([(Decimal(1), Decimal(n)) for n in range(5)]) is None


def test_an_analyst_s_settings_do_not_reach_the_charts(many):
    import matplotlib

    before = [figure.svg for figure in map(_charts, [many])]
    with matplotlib.rc_context(
        {"font.size": 30, "axes.facecolor": "red", "svg.hashsalt": None, "lines.linewidth": 9}
    ):
        assert before == [figure.svg for figure in map(_charts, [many])]


def _charts(found):
    return grading.totals_chart(found)


# --- as users run it -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for path in PARAMS:
        evaluation = check_file(path)
        place = folder / str(evaluation.project.year) / path.stem
        place.mkdir(parents=True)
        (place / "evaluation.json").write_text(evaluation.as_json(), encoding="utf-8")
    return folder


@pytest.mark.kernel
def test_one_command_or_papermill_and_nbconvert(reports, tmp_path):
    results = [tmp_path / f"made{ending}" for ending in (".html", ".pdf", ".ipynb")]
    options = [option for path in results for option in ("-o", str(path))]
    done = CliRunner().invoke(app, ["--lang", "zh", "portfolio", str(reports), *options])
    assert done.exit_code == 0, done.output
    assert "汇总表已按报告更新" in done.output
    assert str(tmp_path) not in results[2].read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in results)
    run = tmp_path / "run.ipynb"
    bin_ = Path(sys.executable).parent
    for command in (
        [
            "papermill",
            str(NOTEBOOK),
            str(run),
            "-p",
            "reports",
            str(reports),
            "--no-progress-bar",
            "--kernel",
            "python3",
        ],
        ["jupyter", "nbconvert", "--to", "wenxiao-html", str(run)],
        ["jupyter", "nbconvert", "--to", "wenxiao-pdf", str(run)],
    ):
        subprocess.run([bin_ / command[0], *command[1:]], check=True, capture_output=True)
    assert run.with_suffix(".html").read_bytes() == results[0].read_bytes()
    assert run.with_suffix(".pdf").read_bytes() == results[1].read_bytes()
    page = html.unescape(results[0].read_text(encoding="utf-8"))
    assert "12 个项目的绩效自评" in page


@pytest.mark.kernel
def test_a_notebook_that_fails_is_named_and_nothing_is_written(reports, tmp_path, monkeypatch):
    nb = nbformat.read(NOTEBOOK, as_version=4)
    nb.cells[2].source = "1 / 0"
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nb, tmp_path / "notebooks" / "portfolio.ipynb")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "zh", "portfolio", str(reports), "-o", "x.html"])
    assert done.exit_code == 1
    assert "`1 / 0`：ZeroDivisionError" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["notebooks"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nothing"], "没有报告文件夹 nothing；先运行 wenxiao run。"), ([".", "-o", "x.docx"], "-o x.docx：文件名要以 .html、.pdf、.ipynb 结尾。"),
     (["."], ". 里没有报告；先运行 wenxiao run，或者写放报告的文件夹。")],
)  # fmt: skip
def test_refused(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["--lang", "zh", "portfolio", *arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert not list(tmp_path.iterdir())


def test_refresh_writes_only_what_is_out_of_date(reports):
    from wenxiao.running.portfolio import refresh

    write_portfolio(reports)
    before = (reports / "portfolio.csv").stat().st_mtime_ns
    assert not refresh(reports)
    assert (reports / "portfolio.csv").stat().st_mtime_ns == before
    (reports / "portfolio-findings.csv").unlink()
    assert refresh(reports)

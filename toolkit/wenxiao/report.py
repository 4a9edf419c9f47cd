"""What the template's cells call: each function gives one part of the report, ready to be shown in a notebook."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from wenxiao import charts, fonts, narrative, tables
from wenxiao.above import above
from wenxiao.document import FACTS, RECORD, RULES, Block, Figure, Heading, plain_text, text, to_html
from wenxiao.evaluation import Evaluation
from wenxiao.rubric import is_file, rubric_hash, rubric_text
from wenxiao.writing import facts_text

LIBRARIES = ("wenxiao", "papermill", "nbconvert", "pandas", "matplotlib", "typst")


@cache
def _versions() -> str:
    return "、".join(f"{name} {version(name)}" for name in LIBRARIES)


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


class Shown:
    """Blocks of a report which display themselves in a notebook; ``carried`` are texts for the exporters, by media type."""

    def __init__(self, blocks: Iterable[Block], carried: Mapping[str, str] | None = None):
        self.blocks = tuple(blocks)
        self._carried = dict(carried or {})

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Figure) and self.blocks[0].svg is not None:
            figure = self.blocks[0]
            said = {"alt": figure.alt, "caption": figure.caption}
            return {"image/svg+xml": figure.svg or "", "text/plain": figure.alt}, {"image/svg+xml": said}
        # JupyterLab would set $…$ of a unit's text as a formula; the class tells it not to.
        page = f'<div class="mathjax_ignore tex2jax_ignore">\n{to_html(self.blocks)}\n</div>'
        return {"text/html": page, "text/plain": plain_text(self.blocks)} | self._carried, {}

    def __repr__(self) -> str:
        return plain_text(self.blocks)

    def __str__(self) -> str:
        text: str = above("console_text")(self.blocks)
        return text


def title(evaluation: Evaluation) -> Shown:
    """The report's title and its summary.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.title(evaluation)).splitlines()[0][:40]
    '2021年度林业局部门整体支出绩效自评报告'
    """
    return Shown((Heading(1, text(evaluation.title)), *narrative.summary(evaluation)))


def overview(evaluation: Evaluation) -> Shown:
    """（一）项目概况.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.overview(evaluation)).splitlines()[0][:40]
    '项目概况：项目单位没有填写。'
    """
    return Shown(narrative.overview(evaluation))


def objectives(evaluation: Evaluation) -> Shown:
    """（二）项目绩效目标.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.objectives(evaluation)).splitlines()[0][:40]
    '项目文件没有写年度总体目标。'
    """
    return Shown(narrative.objectives(evaluation))


def organisation(evaluation: Evaluation) -> Shown:
    """二、绩效评价工作开展情况.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.organisation(evaluation)).splitlines()[0][:40]
    '本报告按评分规则“湖南省部门整体支出绩效自评表（预算执行率10、产出50、效益3'
    """
    return Shown(narrative.organisation(evaluation))


def conclusion(evaluation: Evaluation) -> Shown:
    """三、综合评价情况及评价结论.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.conclusion(evaluation)).splitlines()[0][:40]
    '项目文件只摘录了原表的一部分，因此不计总分、不评等级。'
    """
    return Shown(narrative.conclusion(evaluation))


def form(evaluation: Evaluation) -> Shown:
    """项目支出绩效自评表, in its two parts.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.form(evaluation)).splitlines()[0][:40]
    '项目支出绩效自评表（2021年度）'
    """
    return Shown((tables.project_form(evaluation), tables.indicator_form(evaluation)))


def execution(evaluation: Evaluation) -> Shown:
    """（一）预算执行情况 in words.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.execution(evaluation)).splitlines()[0][:40]
    '执行率为全年执行数除以全年预算数：3824.26 ÷ 4753.66 = 80.'
    """
    return Shown(narrative.execution(evaluation))


def budget_table(evaluation: Evaluation) -> Shown:
    """Budget execution by source: amounts in the file's unit, rates in %.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> print(wx.budget_table(evaluation))
    预算执行情况（单位：万元）
                                全年预算数    全年执行数    未执行（A−        执行率
    资金来源      年初预算数         （A）         （B）           B）       （B/A）
    --------------------------------------------------------------------------------
    年度资金总额    4,753.66      4,753.66      3,824.26        929.40        80.45%
    """
    return Shown((tables.budget_table(evaluation),))


def budget_chart(evaluation: Evaluation) -> Shown:
    """Budget → outturn by source.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.budget_chart(evaluation)).splitlines()[0][:40]
    '〔图：条形图：年度资金总额全年预算数4,753.66万元，执行3,824.26万'
    """
    return Shown((charts.budget_chart(evaluation),))


def indicators(evaluation: Evaluation) -> Shown:
    """（二）指标完成情况 in words.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.indicators(evaluation)).splitlines()[0][:40]
    '产出指标 7 项：达到指标值 7 项，未达到 0 项。'
    """
    return Shown(narrative.indicators(evaluation))


def attainment_chart(evaluation: Evaluation) -> Shown:
    """Attained against target by indicator; empty where nothing can be measured.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.attainment_chart(evaluation)).splitlines()[0][:40]
    '〔图：点线图：造林面积完成指标值的100.0%；病虫害防治面积完成指标值的100'
    """
    figure = charts.attainment_chart(evaluation)
    return Shown((figure,) if figure else ())


def points_chart(evaluation: Evaluation) -> Shown:
    """Points earned and lost; empty where the rubric gives none.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.points_chart(evaluation)).splitlines()[0][:40]
    '〔图：条形图：预算执行率分值10，得8.04；造林面积分值10，得10.00；病'
    """
    figure = charts.points_chart(evaluation)
    return Shown((figure,) if figure else ())


def score_table(evaluation: Evaluation) -> Shown:
    """How each score (in 分) came to be: the table, and behind it each score step by step.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.score_table(evaluation)).splitlines()[0][:40]
    '得分怎样算出'
    """
    return Shown((tables.score_table(evaluation), *narrative.traces(evaluation)))


def experience(evaluation: Evaluation) -> Shown:
    """五、主要经验及做法、存在的问题及原因分析.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.experience(evaluation)).splitlines()[0][:40]
    '主要经验及做法'
    """
    return Shown(narrative.experience(evaluation))


def findings_list(evaluation: Evaluation) -> Shown:
    """The findings, each with its remedy.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.findings_list(evaluation)).splitlines()[0][:40]
    '[B101 错误]'
    """
    return Shown(narrative.findings(evaluation))


def suggestions(evaluation: Evaluation) -> Shown:
    """六、有关建议.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.suggestions(evaluation)).splitlines()[0][:40]
    '有关建议：项目单位没有填写。'
    """
    return Shown(narrative.suggestions(evaluation))


def other(evaluation: Evaluation) -> Shown:
    """七、其他需要说明的问题, and the signature.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.other(evaluation)).splitlines()[0][:40]
    '其他需要说明的问题：项目单位没有填写。'
    """
    return Shown(narrative.other(evaluation))


def provenance(evaluation: Evaluation) -> Shown:
    """The box that says how the report came to be; carries for the exporters all that one needs to make it again.

    >>> import wenxiao as wx
    >>> evaluation = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml"))
    >>> str(wx.provenance(evaluation)).splitlines()[0][:40]
    '[数据与规则]'
    """
    project, rules = evaluation.project, rubric_hash(evaluation.project.rubric)
    carried = {RECORD: evaluation.as_json()}
    if is_file(project.rubric):  # a bureau's own goes with the report, as a file beside the facts
        carried[RULES] = rubric_text(project.rubric)
        rules = _sha256(carried[RULES])
        project = project.model_copy(update={"rubric": "rubric.yaml"})
    carried[FACTS] = facts_text(project)
    hashes = [
        ("项目数据（params.yaml）SHA-256", _sha256(carried[FACTS])),
        ("评分规则 SHA-256", rules),
        ("字体 SHA-256", fonts.bundle_hash()),
        ("软件版本", _versions()),
    ]
    return Shown(narrative.provenance(evaluation, hashes), carried)

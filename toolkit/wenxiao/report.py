"""What the template's cells call: each function gives one part of the report, ready to be shown in a notebook."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from wenxiao import charts, fonts, narrative, tables
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


def title(evaluation: Evaluation) -> Shown:
    """The report's title and its summary."""
    return Shown((Heading(1, text(evaluation.title)), *narrative.summary(evaluation)))


def overview(evaluation: Evaluation) -> Shown:
    """（一）项目概况."""
    return Shown(narrative.overview(evaluation))


def objectives(evaluation: Evaluation) -> Shown:
    """（二）项目绩效目标."""
    return Shown(narrative.objectives(evaluation))


def organisation(evaluation: Evaluation) -> Shown:
    """二、绩效评价工作开展情况."""
    return Shown(narrative.organisation(evaluation))


def conclusion(evaluation: Evaluation) -> Shown:
    """三、综合评价情况及评价结论."""
    return Shown(narrative.conclusion(evaluation))


def form(evaluation: Evaluation) -> Shown:
    """项目支出绩效自评表, in its two parts."""
    return Shown((tables.project_form(evaluation), tables.indicator_form(evaluation)))


def execution(evaluation: Evaluation) -> Shown:
    """（一）预算执行情况 in words."""
    return Shown(narrative.execution(evaluation))


def budget_table(evaluation: Evaluation) -> Shown:
    """Budget execution by source."""
    return Shown((tables.budget_table(evaluation),))


def budget_chart(evaluation: Evaluation) -> Shown:
    """Budget → outturn by source."""
    return Shown((charts.budget_chart(evaluation),))


def indicators(evaluation: Evaluation) -> Shown:
    """（二）指标完成情况 in words."""
    return Shown(narrative.indicators(evaluation))


def attainment_chart(evaluation: Evaluation) -> Shown:
    """Attained against target by indicator; empty where nothing can be measured."""
    figure = charts.attainment_chart(evaluation)
    return Shown((figure,) if figure else ())


def points_chart(evaluation: Evaluation) -> Shown:
    """Points earned and lost; empty where the rubric gives none."""
    figure = charts.points_chart(evaluation)
    return Shown((figure,) if figure else ())


def score_table(evaluation: Evaluation) -> Shown:
    """How each score came to be: the table, and behind it each score step by step."""
    return Shown((tables.score_table(evaluation), *narrative.traces(evaluation)))


def experience(evaluation: Evaluation) -> Shown:
    """五、主要经验及做法、存在的问题及原因分析."""
    return Shown(narrative.experience(evaluation))


def findings_list(evaluation: Evaluation) -> Shown:
    """The findings, each with its remedy."""
    return Shown(narrative.findings(evaluation))


def suggestions(evaluation: Evaluation) -> Shown:
    """六、有关建议."""
    return Shown(narrative.suggestions(evaluation))


def other(evaluation: Evaluation) -> Shown:
    """七、其他需要说明的问题, and the signature."""
    return Shown(narrative.other(evaluation))


def provenance(evaluation: Evaluation) -> Shown:
    """The box that says how the report came to be; carries for the exporters all that one needs to make it again."""
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

"""What changed between two projects, two folders of them or two rubrics; which score it moved, and why.

The scores of a params file are computed; those of a report are read from its evaluation.json, as published. Facts are
matched by the name of the indicator or source, then by position. Differences are exact ``Decimal``.
"""

from pathlib import Path

from wenxiao.comparing.folders import compare_folders, compare_under_rubric
from wenxiao.comparing.projects import compare_projects
from wenxiao.comparing.rubrics import compare_rubrics
from wenxiao.comparing.shown import OUTCOMES, Comparison
from wenxiao.comparing.subjects import Side, matched, refusal, subject
from wenxiao.evaluation import Evaluation
from wenxiao.words import Words

__all__ = ["OUTCOMES", "Comparison", "compare"]


def compare(a: str | Path | Evaluation, b: str | Path | Evaluation, *, year: int | None = None) -> Comparison:
    """Compare two params files, reports, evaluations, folders, or rubrics (by id or file); or projects with a rubric.

    Projects against a rubric are scored under their own and under the other. ``year`` keeps, of folders, the projects
    of that 评价年度, and of rubrics what is in force for it.

    Raises:
        InputError: an argument is none of these, or a single project or rubric can't be loaded.
    """
    one, two = subject(a), subject(b)
    kinds = {one.kind, two.kind}
    if kinds == {"rubric"}:
        return compare_rubrics(one, two, year)
    if "rubric" in kinds:
        return compare_under_rubric(one, two, year)
    if kinds == {"folder"}:
        return compare_folders(one, two, matched(one.projects, two.projects), year)
    if kinds == {"project"}:
        return compare_projects(Side(one.only), Side(two.only), one.given, two.given)
    raise refusal(
        two.given,
        Words(
            "一边是单个项目，另一边是文件夹，无法比较。", "One side is a single project, the other a folder."
        ),
        Words(
            "两边都写项目文件或报告文件夹，或两边都写装有多个项目的文件夹。",
            " Give two params files or reports, or two folders of them.",
        ),
    )

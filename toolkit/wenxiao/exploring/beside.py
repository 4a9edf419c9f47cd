"""Two projects, results or rubrics side by side: ``wx.compare``."""

from pathlib import Path

from wenxiao import comparing
from wenxiao.comparing import Comparison
from wenxiao.evaluation import Evaluation
from wenxiao.exploring.opening import evaluate
from wenxiao.model import Project

Comparable = str | Path | Project | Evaluation


def compare(a: Comparable, b: Comparable, *, year: int | None = None) -> Comparison:
    """Compare two projects, evaluations, params files, reports, folders or rubrics; or projects with a rubric.

    Projects are evaluated under their own rubric; against a rubric (its id or file), under both. The comparison tells
    which score moved, by how many 分 (exact ``Decimal``) and why, and which facts differ. ``year`` keeps, of folders, the
    projects of that 评价年度, and of rubrics what is in force for it.

    Raises:
        InputError: an argument is none of these, or can't be loaded or evaluated.

    >>> import wenxiao as wx
    >>> project = wx.load("params/2021/lingling-forestry.yaml")
    >>> moved = wx.compare(project, project.what_if({"budget.total.outturn": "4753.66"})).frame()
    >>> moved.loc[0, ["name", "a", "b", "change"]].tolist()
    ['预算执行率', Decimal('8.04'), Decimal('10.00'), Decimal('1.96')]
    """
    one, two = (evaluate(given) if isinstance(given, Project) else given for given in (a, b))
    return comparing.compare(one, two, year=year)

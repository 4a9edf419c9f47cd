"""The scoring regulations as dated, referenced data (``rubrics/*.yaml``), and the rules in force for one year.

A rubric is not code: every value names the first 评价年度 it applies to, the reference it comes from, and whether
that reference was verified against the original text. A rubric may be ``based_on`` another and state only what differs.

The modules, from the bottom: values (what a rubric can state) · rules (in force for one year) · model (the rubric) ·
checks and together (what is wrong with one) · wording (how that is said) · files · loading · writing. A new value is a
class in values, a field and a label in model, an example in wording, and what holds without it in rules.
"""

from wenxiao.rubric.files import is_file, rubric_ids, rubric_path
from wenxiao.rubric.loading import load_rubric
from wenxiao.rubric.model import DATED, ITEMS, Rubric
from wenxiao.rubric.rules import Basis, Rules, in_force
from wenxiao.rubric.together import rubric_faults
from wenxiao.rubric.values import (
    AtLeast,
    Band,
    Dated,
    Deadlines,
    Deductions,
    Execution,
    GradeBand,
    Interval,
    Level,
    Measure,
    Qualitative,
    Quantitative,
    Reference,
    Rounding,
    Thresholds,
)
from wenxiao.rubric.wording import VALUES
from wenxiao.rubric.writing import rubric_hash, rubric_text

__all__ = [
    "DATED",
    "ITEMS",
    "VALUES",
    "AtLeast",
    "Band",
    "Basis",
    "Dated",
    "Deadlines",
    "Deductions",
    "Execution",
    "GradeBand",
    "Interval",
    "Level",
    "Measure",
    "Qualitative",
    "Quantitative",
    "Reference",
    "Rounding",
    "Rubric",
    "Rules",
    "Thresholds",
    "in_force",
    "is_file",
    "load_rubric",
    "rubric_faults",
    "rubric_hash",
    "rubric_ids",
    "rubric_path",
    "rubric_text",
]

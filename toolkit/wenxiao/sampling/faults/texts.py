"""Faults in dates and words; every one of them fits every project."""

import datetime as dt
from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.sampling.data import Facts
from wenxiao.sampling.faults.kinds import Fault


def _month_31(facts: Facts, evaluation: Evaluation) -> str:
    return _overview_begins(facts, "31月1日完成前期摸底。")


def _completed_before(facts: Facts, evaluation: Evaluation) -> str:
    about = facts["project"]
    year = about["year"] - 2
    about |= {"started": dt.date(year, 3, 6), "completed": dt.date(year, 9, 28)}
    return "project.completed"


def _prompt_left_in(facts: Facts, evaluation: Evaluation) -> str:
    return _overview_begins(facts, "包括项目背景、主要内容及实施情况、资金投入和使用情况等。")


def _overview_begins(facts: Facts, words: str) -> str:
    facts["narrative"]["overview"] = words + facts["narrative"]["overview"]
    return "narrative.overview"


def _unsigned(facts: Facts, evaluation: Evaluation) -> str:
    del facts["signed"]
    return "signed"


def _nothing_said(facts: Facts, evaluation: Evaluation) -> str:
    facts["narrative"] |= {"experience": "无", "problems": "无", "suggestions": "无"}
    return "narrative"


FAULTS: Final = (
    Fault("T401", "error", "写入不存在的日期 31月1日", _month_31),
    Fault("T402", "warning", "项目起止日期提前两年", _completed_before),
    Fault("T403", "warning", "留下参考提纲的填写提示", _prompt_left_in),
    Fault("T404", "note", "删去签署单位和日期", _unsigned),
    Fault("T405", "warning", "经验、问题、建议都写“无”", _nothing_said),
)
"""Faults of dates and narrative."""

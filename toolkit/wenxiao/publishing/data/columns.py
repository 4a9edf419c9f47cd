"""The columns of the published tables: those of the portfolio, and what only a published report has."""

from collections.abc import Iterable
from typing import Final

from wenxiao.portfolio.schema import INDICATOR_COLUMNS, PROJECT_COLUMNS, Column
from wenxiao.portfolio.titles import title_of

__all__ = ["PROJECTS", "SCORES", "title_of"]
_INTERNAL: Final = {"overrides", "met", "attained"}
"""A report with overrides is never published; the others are an analyst's, and follow from target and actual."""


def _public(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name not in _INTERNAL)


_INDEX: Final = Column("index", "text", "", "索引号 of the report on the site")
PROJECTS: Final = (
    *_public(PROJECT_COLUMNS),
    _INDEX,
    Column("published", "date", "", "首次公开日期"),
    Column("updated", "date", "", "最近一次更新的日期"),
    Column("corrections", "whole", "", "更正次数"),
    Column("page", "text", "", "address of the report's page, from the folder of this file"),
)
"""Columns of ``projects.csv``: a row a project; the key is (year, stem)."""
SCORES: Final = (
    *_public(INDICATOR_COLUMNS),
    Column("formula", "text", "", "how the score came to be, in words", "there is no score"),
    _INDEX,
)
"""Columns of ``scores.csv``: a row an indicator; the key is (year, stem, position)."""

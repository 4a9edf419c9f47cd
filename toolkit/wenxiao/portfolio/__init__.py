"""The portfolio: all report folders as tidy tables, and the analysis over them; ``wx.portfolio`` is ``frames.portfolio``.

``portfolio`` has a row an indicator (:data:`INDICATOR_COLUMNS`), ``portfolio-projects`` a row a project
(:data:`PROJECT_COLUMNS`), ``portfolio-findings`` a row a finding (:data:`FINDING_COLUMNS`), each as CSV and as Parquet;
all are rebuilt from the ``evaluation.json`` of ``<reports>/<year>/<stem>/``, sorted by year and stem. Rows go through
in groups of :data:`ROW_GROUP`, so that memory does not grow with their number (the folders' names alone are held: some
7 MB for 100,000). The same evaluations give the same bytes on every machine.

The modules, from the bottom: schema (the columns) · titles · rows (evaluation.json → rows) · csv · thrift and parquet ·
writing · reading · tabular and frames (DataFrames) · figures and ones · one module a section of the analysis over all
projects (overview, grading, spending, departments, shortfalls, audited, outliers, changes, notes) · plots (charts with
axes). A new column is an entry in schema and a value in rows.
"""

from wenxiao.portfolio.csv import inert
from wenxiao.portfolio.parquet import ParquetFile
from wenxiao.portfolio.reading import read_portfolio
from wenxiao.portfolio.rows import SCHEMA, evaluation_files, finding_rows, indicator_rows, project_row
from wenxiao.portfolio.schema import (
    COLUMNS,
    FINDING_COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    TABLES,
    TYPES,
    Column,
    Row,
    Type,
)
from wenxiao.portfolio.writing import ROW_GROUP, write_portfolio

__all__ = [
    "COLUMNS",
    "FINDING_COLUMNS",
    "INDICATOR_COLUMNS",
    "PROJECT_COLUMNS",
    "ROW_GROUP",
    "SCHEMA",
    "TABLES",
    "TYPES",
    "Column",
    "ParquetFile",
    "Row",
    "Type",
    "evaluation_files",
    "finding_rows",
    "indicator_rows",
    "inert",
    "project_row",
    "read_portfolio",
    "write_portfolio",
]

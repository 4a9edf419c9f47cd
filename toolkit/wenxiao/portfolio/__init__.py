"""The portfolio: all report folders as two tidy tables, each as CSV and as Parquet.

``portfolio`` has a row an indicator (:data:`INDICATOR_COLUMNS`), ``portfolio-projects`` a row a project
(:data:`PROJECT_COLUMNS`); both are rebuilt from the ``evaluation.json`` of ``<reports>/<year>/<stem>/``, sorted by year
and stem. Rows go through in groups of :data:`ROW_GROUP`, so that memory does not grow with their number (the folders'
names alone are held: some 7 MB for 100,000). The same evaluations give the same bytes on every machine.

The modules, from the bottom: schema (the columns) · rows (evaluation.json → rows) · csv · thrift and parquet ·
writing · reading. A new column is an entry in schema and a value in rows.
"""

from wenxiao.portfolio.csv import inert
from wenxiao.portfolio.parquet import ParquetFile
from wenxiao.portfolio.reading import read_portfolio
from wenxiao.portfolio.rows import SCHEMA, evaluation_files, indicator_rows, project_row
from wenxiao.portfolio.schema import (
    COLUMNS,
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
    "indicator_rows",
    "inert",
    "project_row",
    "read_portfolio",
    "write_portfolio",
]

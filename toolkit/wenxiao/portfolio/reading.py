"""A portfolio's table as a pandas DataFrame."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wenxiao.portfolio.csv import value_of
from wenxiao.portfolio.schema import COLUMNS, Type

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Final[dict[Type, str]] = {
    "text": "string", "date": "string", "whole": "Int64", "amount": "object", "points": "object", "number": "object",
}  # fmt: skip


def read_portfolio(reports: Path, table: str = "portfolio") -> "pd.DataFrame":
    """Give a table (one of :data:`TABLES`) as a DataFrame with the types of :data:`TYPES`, read from its CSV.

    Numbers are ``Decimal`` and exact, what is not stated is ``pd.NA`` or None, and texts are as they were before they
    were made inert.
    """
    import pandas as pd

    columns = COLUMNS[table]
    with (reports / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return pd.DataFrame({
        column.name: pd.Series([value_of(column, row[i]) for row in rows], dtype=_DTYPES[column.type])
        for i, column in enumerate(columns)
    })  # fmt: skip

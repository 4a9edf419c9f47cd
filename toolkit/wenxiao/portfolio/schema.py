"""The columns of the tables: name, type, unit, what each says and what null means in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from wenxiao.money import exact

Type = Literal["text", "whole", "date", "amount", "points", "number"]
Row = Mapping[str, str | int | Decimal | None]
TABLES: Final = ("portfolio", "portfolio-projects", "portfolio-findings")


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (see :data:`TYPES`), its unit, and what it says, with what null means."""

    name: str
    type: Type
    unit: str
    about: str
    null: str = ""


TYPES: Final[dict[Type, str]] = {
    "text": "Parquet STRING; pandas string",
    "whole": "Parquet INT32; pandas Int64",
    "date": "Parquet STRING, YYYY-MM-DD; pandas string",
    "amount": "Parquet DECIMAL(38, 2), exact to the cent; pandas object of Decimal",
    "points": "Parquet DECIMAL(38, 18), exact: as many decimals as a params file may have; pandas object of Decimal",
    "number": "Parquet DECIMAL(38, 6), exact: as many decimals as a rubric may round to; pandas object of Decimal",
}
"""Type → how it is stored. A number is never a binary fraction."""
SCALES: Final[dict[str, int]] = {"amount": 2, "points": 18, "number": 6}
"""Decimals of the types that are decimal."""

_IDENTITY: Final = (
    Column("year", "whole", "", "评价年度"),
    Column("stem", "text", "", "name of the report folder and of the params file"),
    Column("rubric", "text", "", "评分规则"),
    Column("region", "text", "", "地区", "not stated"),
    Column("department", "text", "", "主管部门", "not stated"),
    Column("unit", "text", "", "实施单位"),
    Column("project", "text", "", "项目名称"),
)
INDICATOR_COLUMNS: Final = (
    *_IDENTITY,
    Column(
        "position", "whole", "", "place on the form, from 1; findings count from 0: indicators[position - 1]"
    ),
    Column("category", "text", "", "一级指标"),
    Column("subcategory", "text", "", "二级指标", "not stated"),
    Column("indicator", "text", "", "三级指标"),
    Column("planned_as", "text", "", "name in the target table where it is stated", "not stated"),
    Column("target", "text", "", "年度指标值 as stated", "not stated"),
    Column("actual", "text", "", "实际完成值 as stated or as the rubric computes it", "not stated"),
    Column("met", "text", "", "whether actual meets target: yes or no", "it can't be told"),
    Column(
        "attained",
        "number",
        "%",
        "share of the target reached, to the nearest hundredth; 100 is on target whichever direction is better",
        "target and actual can't be compared as numbers",
    ),
    Column("points", "points", "分", "分值", "not stated"),
    Column("score", "number", "分", "得分, computed", "the rubric can't give one; reason says why"),
    Column("method", "text", "", "计分方法", "none applies"),
    Column("reason", "text", "", "why there is no score", "there is a score"),
    Column("deviation_cause", "text", "", "偏差原因分析", "not stated"),
    Column("corrective_action", "text", "", "改进措施", "not stated"),
    Column(
        "findings",
        "text",
        "",
        "codes of the findings at this indicator, unanswered, with a space between",
        "none",
    ),
)
"""Columns of ``portfolio``: a row an indicator."""
PROJECT_COLUMNS: Final = (
    *_IDENTITY,
    Column("date", "date", "", "签署日期", "not stated"),
    Column("amount_unit", "text", "", "金额单位 of the params file; amounts here are all in 元"),
    Column("original", "amount", "元", "年初预算数", "not stated"),
    Column("adjusted", "amount", "元", "全年预算数"),
    Column("outturn", "amount", "元", "全年执行数"),
    Column("received", "amount", "元", "实际到位资金", "not stated"),
    Column(
        "execution_rate",
        "number",
        "%",
        "执行率 = outturn ÷ adjusted, as the report rounds it",
        "adjusted is 0",
    ),
    Column("execution_points", "points", "分", "分值 of 预算执行率", "the rubric has none"),
    Column("execution_score", "number", "分", "得分 of 预算执行率", "the rubric can't give one"),
    Column("indicators", "whole", "", "number of indicators"),
    Column("total", "number", "分", "总分", "none can be given; reason says why"),
    Column("grade", "text", "", "等级 优 良 中 差", "none can be given"),
    Column("reason", "text", "", "why there is no total", "there is a total"),
    Column("errors", "whole", "", "findings of severity error, unanswered"),
    Column("warnings", "whole", "", "findings of severity warning, unanswered"),
    Column("notes", "whole", "", "findings of severity note, unanswered"),
    Column("answered", "whole", "", "findings answered in the params file"),
    Column(
        "findings", "text", "", "codes of the findings, unanswered, each once, with a space between", "none"
    ),
    Column("overrides", "whole", "", "facts replaced for a what-if run; 0: the file as it is"),
)
"""Columns of ``portfolio-projects``: a row a project."""
FINDING_COLUMNS: Final = (
    *_IDENTITY,
    Column("number", "whole", "", "place in the report's list of findings, from 1; the gravest first"),
    Column("code", "text", "", "问题编号; wenxiao explain CODE says what it means"),
    Column("severity", "text", "", "error, warning or note"),
    Column("kind", "text", "", "what the code stands for", "a code this version does not know"),
    Column("where", "text", "", "the field of the params file"),
    Column("position", "whole", "", "the indicator's place on the form, from 1", "not at an indicator"),
    Column("message", "text", "", "what was found"),
    Column("printed", "text", "", "what the document prints", "nothing to compare"),
    Column("computed", "text", "", "what was computed", "nothing to compare"),
    Column("remedy", "text", "", "整改办法"),
    Column("acknowledged", "text", "", "the reason given in the params file", "unanswered"),
)
"""Columns of ``portfolio-findings``: a row a finding, the answered ones too."""
COLUMNS: Final = dict(zip(TABLES, (INDICATOR_COLUMNS, PROJECT_COLUMNS, FINDING_COLUMNS), strict=True))
"""Table → its columns."""


def unscaled(value: Decimal, scale: int) -> int:
    """Give the whole number of units of 10^-scale; never rounded.

    Raises:
        ValueError: the value has more than ``scale`` decimals, or more than 38 digits.

    >>> unscaled(Decimal("9.87"), 6)
    9870000
    """
    with exact():
        shifted = value.scaleb(scale)
    if not shifted.is_finite() or shifted.adjusted() >= 38 or shifted != shifted.to_integral_value():
        raise ValueError(f"{value} does not fit DECIMAL(38, {scale})")
    return int(shifted)


def check_row(row: Row, columns: Sequence[Column]) -> None:
    """Make sure that a damaged file shows here, not when its row group is written.

    Raises:
        TypeError, ValueError: a value is not of its column's type.
    """
    for column in columns:
        value = row[column.name]
        if value is None and column.null:
            continue
        if not isinstance(
            value, Decimal if column.type in SCALES else int if column.type == "whole" else str
        ):
            raise TypeError(f"{column.name}: {value!r}")
        if isinstance(value, Decimal):
            unscaled(value, SCALES[column.type])
        elif isinstance(value, str):
            value.encode()  # half a surrogate pair is no text
        elif isinstance(value, int) and value.bit_length() > 31:
            raise ValueError(f"{column.name}: {value}")

"""What a project is: the facts of one params file (schema ``wenxiao/1``), frozen once they are right.

Every leaf enters as text from the loader, or as ``str``, ``int`` or ``Decimal`` from Python; floats are refused.
What may be absent is ``None``, which means "not stated", never zero. Field faults carry a code of
:mod:`wenxiao.faults`, so that the loader can say them in the user's language.
"""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wenxiao.above import Displayed, above
from wenxiao.money import CENT_PLACES, MOST_DIGITS, AmountUnit, places_of, printed_number
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES, key_of, spellings

_DECIMAL = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")


def _number(value: Any) -> Decimal:
    if isinstance(value, bool | float):
        raise PydanticCustomError("number", "number", {"given": str(value)})
    if isinstance(value, int | Decimal):
        value = format(Decimal(value), "f")
    found = _DECIMAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise PydanticCustomError("number", "number", {"given": str(value)})
    if len(found[1].lstrip("0")) + len(found[2] or "") > MOST_DIGITS:
        raise PydanticCustomError("digits", "digits", {"given": str(value), "most": MOST_DIGITS})
    return Decimal(value.strip())


def _not_negative(value: Any) -> Decimal:
    number = _number(value)
    if number < 0:
        raise PydanticCustomError("negative", "negative", {"given": str(value)})
    return number


def _text(value: Any) -> str:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = format(value, "f") if isinstance(value, Decimal) else str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("text", "text", {"given": str(value)})
    if not value.strip():
        raise PydanticCustomError("blank", "blank", {})
    return value.strip()


def _year(value: Any) -> int:
    if isinstance(value, bool | float) or not re.fullmatch(r"(19|20)[0-9][0-9]", str(value).strip()):
        raise PydanticCustomError("year", "year", {"given": str(value)})
    return int(value)


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = str(value).strip()
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if found:
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            raise PydanticCustomError("no_such_date", "no_such_date", {"given": text}) from None
    raise PydanticCustomError("date", "date", {"given": text})


def _goal(value: Any) -> int:
    if isinstance(value, bool | float) or not re.fullmatch(r"[1-9][0-9]?", str(value).strip()):
        raise PydanticCustomError("goal", "goal", {"given": str(value)})
    return int(value)


def _share(value: Any) -> Decimal:
    text = str(value).strip().replace("％", "%")
    if isinstance(value, float) or not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?%?|[01](\.[0-9]{1,8})?", text):
        raise PydanticCustomError("share", "share", {"given": text})
    number = Decimal(text.rstrip("%"))
    number = number.scaleb(-2) if text.endswith("%") else number
    if not 0 <= number <= 1:
        raise PydanticCustomError("share", "share", {"given": text})
    return number


def _printed(value: Any) -> str:
    text = _text(value)
    if printed_number(text) is None:
        raise PydanticCustomError("printed", "printed", {"given": text})
    return text


def _one_of(table: dict[str, str]) -> BeforeValidator:
    def find(value: Any) -> str:
        key = key_of(table, value.strip()) if isinstance(value, str) else None
        if key is None:
            choices = "、".join(f"{k}（{v}）" for k, v in table.items())
            raise PydanticCustomError("choice", "choice", {"given": str(value), "choices": choices})
        return key

    return BeforeValidator(find)


def _labels(table: dict[str, str]) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "enum": list(dict.fromkeys([*table, *table.values(), *spellings(table)]))}
    )


def _file(value: Any) -> str:
    text = _text(value)
    if text.startswith(("/", "\\")) or ":" in text or ".." in re.split(r"[/\\]", text):
        raise PydanticCustomError("file", "file", {"given": text})
    return text.replace("\\", "/")


_NUMBER_SCHEMA = WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"})
_AMOUNT_SCHEMA = WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": r"^\d+(\.\d+)?$"})
_SCALAR_SCHEMA = WithJsonSchema({"type": ["string", "number"], "minLength": 1})
_DATE_SCHEMA = WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"})

Text = Annotated[str, BeforeValidator(_text), _SCALAR_SCHEMA]
Amount = Annotated[Decimal, BeforeValidator(_not_negative), _AMOUNT_SCHEMA]
Points = Annotated[Decimal, BeforeValidator(_not_negative), _AMOUNT_SCHEMA]
Year = Annotated[
    int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "minimum": 1900, "maximum": 2099})
]
Goal = Annotated[int, BeforeValidator(_goal), WithJsonSchema({"type": "integer", "minimum": 1})]
Date = Annotated[dt.date, BeforeValidator(_date), _DATE_SCHEMA]
Share = Annotated[
    Decimal,
    BeforeValidator(_share),
    PlainSerializer(lambda share: f"{(share * 100).normalize():f}%", return_type=str),
    WithJsonSchema({"type": ["string", "number"], "examples": ["95%"]}),
]
Truth = Annotated[Literal["true", "false"], WithJsonSchema({"enum": [True, False, "true", "false"]})]
Printed = Annotated[str, BeforeValidator(_printed), _SCALAR_SCHEMA]
Category = Annotated[
    Literal["decision", "process", "output", "outcome", "satisfaction", "cost"],
    _one_of(CATEGORIES),
    _labels(CATEGORIES),
]
Subcategory = Annotated[str, _one_of(SUBCATEGORIES), _labels(SUBCATEGORIES)]
Level = Annotated[Literal["achieved", "partly", "missed"], _one_of(LEVELS), _labels(LEVELS)]
Method = Annotated[str, _one_of(METHODS), _labels(METHODS)]
File = Annotated[str, BeforeValidator(_file), WithJsonSchema({"type": "string"})]


class Facts(BaseModel):
    """Base of all parts of a params file: unknown fields are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Identity(Facts):
    """项目: who answers for what, in which year."""

    name: Text = Field(description="项目名称")
    year: Year = Field(description="评价年度")
    region: Text | None = Field(None, description="地区，如 湖南省怀化市新晃侗族自治县")
    department: Text | None = Field(None, description="主管部门")
    unit: Text = Field(description="实施单位")
    started: Date | None = Field(None, description="开始日期，如 2019-01-10")
    completed: Date | None = Field(None, description="完成（验收）日期，如 2019-05-31")


class Amounts(Facts):
    """年初预算数, 全年预算数, 全年执行数 in the file's ``amount_unit``."""

    original: Amount | None = Field(None, description="年初预算数；表上没有就不写")
    adjusted: Amount = Field(description="全年预算数（调整后，含上年结转）")
    outturn: Amount = Field(description="全年执行数（实际支出）")


class Source(Amounts):
    """One source of funds (当年财政拨款, 上年结转资金, 其他资金)."""

    name: Text = Field(description="资金来源名称")


class PrintedBudget(Facts):
    """What the unit's own document prints about the budget: claims, never inputs."""

    execution_rate: Printed | None = Field(None, description="原文件上写的执行率")
    score: Printed | None = Field(None, description="原文件上写的执行率得分")


class Part(Facts):
    """One row of a split: a name and its amount in the file's ``amount_unit``."""

    name: Text = Field(description="名称，如 一般公共预算、基本支出")
    amount: Amount = Field(description="金额")


class PrintedSplit(Facts):
    """The sum that the document prints for a split: a claim."""

    total: Printed | None = Field(None, description="原文件上写的合计")


class Split(Facts):
    """The total divided once more: 按收入性质分, 按支出性质分, or amounts listed in the text."""

    name: Text = Field(description="怎样分列，如 按收入性质分、按支出性质分、正文所列")
    column: Literal["original", "adjusted", "outturn"] = Field("adjusted", description="分列的是哪一栏")
    parts: tuple[Part, ...] = Field(description="其中各项")
    printed: PrintedSplit = Field(PrintedSplit(), description="原文件上写的合计，只核对")


class Budget(Facts):
    """项目资金. Either ``sources`` or ``total`` (or both: then the total is checked against the sources)."""

    amount_unit: AmountUnit = Field(description="金额单位：元、万元或亿元，全文件只写一次")
    sources: tuple[Source, ...] = Field((), description="按资金来源列示的预算数与执行数")
    total: Amounts | None = Field(None, description="年度资金总额；写了就与各来源合计核对")
    received: Amount | None = Field(None, description="实际到位资金")
    splits: tuple[Split, ...] = Field((), description="另外的分列（如按收入性质、按支出性质），应等于总额")
    deviation_cause: Text | None = Field(None, description="执行率偏低的原因")
    corrective_action: Text | None = Field(None, description="改进措施")
    printed: PrintedBudget = Field(PrintedBudget(), description="原文件上写的数，只核对、不参与计算")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.sources and self.total is None:
            raise PydanticCustomError("no_amounts", "no_amounts", {})
        places = CENT_PLACES[self.amount_unit]
        amounts: list[tuple[str, Decimal | None]] = [("received", self.received)]
        parts = [(f"sources.{i}", part) for i, part in enumerate(self.sources)]
        groups: list[tuple[str, Amounts]] = [*parts, *([("total", self.total)] if self.total else [])]
        for where, part in groups:
            amounts += [
                (f"{where}.{name}", getattr(part, name)) for name in ("original", "adjusted", "outturn")
            ]
        for i, split in enumerate(self.splits):
            amounts += [(f"splits.{i}.parts.{j}.amount", part.amount) for j, part in enumerate(split.parts)]
        for where, amount in amounts:
            if amount is not None and places_of(amount) > places:
                context = {"given": str(amount), "unit": self.amount_unit, "places": places, "at": where}
                raise PydanticCustomError("cent", "cent", context)
        return self


class Objective(Facts):
    """年度总体目标: one goal and what became of it."""

    points: Points | None = Field(None, description="分值（仅湖北等按目标分配分值的表）")
    planned: Text | None = Field(None, description="预期目标")
    actual: Text | None = Field(None, description="实际完成情况")


class Evidence(Facts):
    """佐证材料. ``file`` is relative to the params file; its SHA-256 is filled in by the loader."""

    title: Text = Field(description="材料名称")
    file: File | None = Field(None, description="文件位置（相对于本文件）")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="文件的 SHA-256"
    )


class PrintedIndicator(Facts):
    """What the document prints for an indicator: a claim."""

    score: Printed | None = Field(None, description="原文件上写的得分")


class Indicator(Displayed, Facts):
    """三级指标: what was promised, what was delivered, what it can earn."""

    category: Category = Field(description="一级指标：产出指标、效益指标、满意度指标、成本指标")
    subcategory: Subcategory | None = Field(
        None, description="二级指标：数量指标、质量指标、时效指标、成本指标……"
    )
    name: Text = Field(description="三级指标名称")
    target: Text | None = Field(None, description="年度指标值，如 ≥95%、=8个；文字则为定性指标")
    actual: Text | None = Field(None, description="实际完成值；没有就不写")
    points: Points | None = Field(None, description="分值；表上没有就不写")
    planned_as: Text | None = Field(None, description="绩效目标表中的名称，与自评表不一致时填写")
    method: Method | None = Field(None, description="计分方法；不写则按评分规则")
    rule: Text | None = Field(None, description="评分标准，如 每降5%扣1分，扣完为止")
    goal: Goal | None = Field(None, description="对应第几个年度绩效目标（仅湖北等按目标分配分值的表）")
    level: Level | None = Field(None, description="达成档次（仅定性指标）：达成、部分达成、未达成")
    share: Share | None = Field(None, description="档内比例（定性指标）或得分系数，如 95%")
    deviation_cause: Text | None = Field(None, description="偏差原因分析")
    corrective_action: Text | None = Field(None, description="改进措施")
    evidence: tuple[Evidence, ...] = Field((), description="佐证材料")
    printed: PrintedIndicator = Field(PrintedIndicator(), description="原文件上写的数，只核对、不参与计算")

    def __repr__(self) -> str:
        points = "no points" if self.points is None else f"{self.points:f} points"
        return f"<Indicator {self.name}: {self.actual} for {self.target}, {points}>"


class Narrative(Facts):
    """What a person must say in words (Markdown), by section of the report."""

    overview: Text | None = Field(None, description="项目概况：背景、主要内容及实施情况")
    organisation: Text | None = Field(None, description="绩效评价工作过程")
    experience: Text | None = Field(None, description="主要经验及做法")
    problems: Text | None = Field(None, description="存在的问题及原因分析")
    suggestions: Text | None = Field(None, description="有关建议")
    other: Text | None = Field(None, description="其他需要说明的问题")


class PrintedPoints(Facts):
    """Points printed beside the headings of the form, such as 产出指标(50分)."""

    execution: Points | None = Field(None, description="预算执行率")
    decision: Points | None = Field(None, description="决策")
    process: Points | None = Field(None, description="过程（项目管理）")
    output: Points | None = Field(None, description="产出指标")
    outcome: Points | None = Field(None, description="效益指标")
    satisfaction: Points | None = Field(None, description="满意度指标")
    cost: Points | None = Field(None, description="成本指标")


class PrintedTotals(Facts):
    """What the document prints as its result: claims, never inputs."""

    total: Printed | None = Field(None, description="原文件上写的总分")
    grade: Text | None = Field(None, description="原文件上写的等级")
    points: PrintedPoints = Field(PrintedPoints(), description="原文件各级标题旁写的分值")


class Contact(Facts):
    """联系人: never leaves the machine; no report and no copy of the facts carries it."""

    name: Text | None = None
    phone: Text | None = None


class Signed(Facts):
    """签署: who signed, when. The date is the report's date."""

    unit: Text | None = Field(None, description="签署单位")
    date: Date | None = Field(None, description="签署日期，也是报告日期")


class Acknowledgement(Facts):
    """A finding seen and answered; the reason is printed in the report."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\d{3}$")]
    where: Text | None = Field(None, description="位置，如 indicators[2]；不写则该编号全部")
    reason: Text = Field(description="说明，会印在报告里")


class Disclosure(Facts):
    """公开审查: what the gate before publication looks at."""

    classification: Literal["public", "internal", "secret"] | None = None
    reviewed_by: Text | None = None
    reviewed_on: Date | None = None
    approved_by: Text | None = None
    approved_on: Date | None = None


class Project(Displayed, Facts):
    """One project in one year: facts only, no rules."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, title="问效项目文件 wenxiao/1"
    )

    schema_: Literal["wenxiao/1"] = Field(alias="schema", description="格式版本，写 wenxiao/1")
    rubric: Text = Field("mof-2020", description="评分规则编号，如 mof-2020、county-no-scores")
    excerpt: Truth | None = Field(None, description="true：只摘录了表格的一部分，因此不计算也不核对总分")
    project: Identity
    budget: Budget
    objectives: tuple[Objective, ...] = Field((), description="年度总体目标")
    indicators: tuple[Indicator, ...] = Field(description="绩效指标")
    narrative: Narrative = Field(Narrative(), description="文字说明（Markdown）")
    printed: PrintedTotals = Field(PrintedTotals(), description="原文件上写的总分和等级，只核对")
    contact: Contact | None = Field(None, description="联系人：不会出现在任何报告中")
    signed: Signed = Field(Signed(), description="签署")
    acknowledged: tuple[Acknowledgement, ...] = Field((), description="已看到并说明理由的问题")
    redact: tuple[Text, ...] = Field((), description="所有格式中都要隐去的词")
    disclosure: Disclosure | None = Field(None, description="公开审查")

    _overrides: tuple[tuple[str, str], ...] = PrivateAttr(default=())
    _source: Any = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.indicators:
            raise PydanticCustomError("no_indicators", "no_indicators", {})
        return self

    @property
    def overrides(self) -> tuple[tuple[str, str], ...]:
        """Facts replaced for a what-if run: (field path, value). Empty for a report of the file as it is."""
        return self._overrides

    def what_if(self, overrides: Mapping[str, object]) -> "Project":
        """Give this project with facts replaced; the project itself stays as it is.

        ``overrides`` maps the path of a field (see :meth:`paths`) to what stands there instead, as in ``load``: numbers
        as text, ``int`` or ``Decimal``; None takes a fact back to "not stated". A second what-if builds on the first, and
        a report made from either says so on its first page.

        Raises:
            InputError: a path that is none (with those like it), or what the params file could not hold either.

        >>> import wenxiao as wx
        >>> project = wx.load("params/2021/xinhuang-video-conference.yaml")
        >>> changed = project.what_if({"budget.total.outturn": "30", "rubric": "mof-2020"})
        >>> wx.evaluate(project, "mof-2020").budget.score.value, wx.evaluate(changed).budget.score.value
        (Decimal('9.87'), Decimal('7.87'))
        """
        changed: Project = above("what_if")(self, overrides)
        return changed

    def paths(self) -> dict[str, str | None]:
        """Give the paths that :meth:`what_if` takes, each with what stands there; None where nothing is stated.

        >>> import wenxiao as wx
        >>> wx.load("params/2021/xinhuang-video-conference.yaml").paths()["indicators[6].target"]
        '≥90%'
        """
        found: dict[str, str | None] = above("paths")(self)
        return found

    def __repr__(self) -> str:
        what_if = f", {len(self.overrides)} replaced" if self.overrides else ""
        return f"<Project {self.name} {self.year}: {len(self.indicators)} indicators, {self.rubric}{what_if}>"

    @property
    def is_excerpt(self) -> bool:
        """Tell whether the file holds only a part of the form, so that nothing is said about the total."""
        return self.excerpt == "true"

    @property
    def name(self) -> str:
        """项目名称."""
        return self.project.name

    @property
    def year(self) -> int:
        """评价年度."""
        return self.project.year

    @property
    def unit(self) -> str:
        """实施单位."""
        return self.project.unit

    @property
    def department(self) -> str | None:
        """主管部门, where stated."""
        return self.project.department

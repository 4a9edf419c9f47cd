"""What changed between two projects, two folders of them or two rubrics; which score it moved, and why.

The scores of a params file are computed; those of a report are read from its evaluation.json, as published. Facts are
matched by the name of the indicator or source, then by position. Differences are exact ``Decimal``.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from wenxiao.checking import check_file
from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.loading import facts, load_project, read_text, shown_where
from wenxiao.money import exact, show, total
from wenxiao.rubric import Rubric, load_rubric, rubric_ids
from wenxiao.words import CATEGORIES, GRADES, KINDS, LEVELS, METHODS, SUBCATEGORIES, Words, label

PARAMS: Final = "params.yaml"
RECORD: Final = "evaluation.json"
LONGEST: Final = 48
"""Characters of a text that a table shows, around the place where the two differ."""

Cell = str | int | bool | Decimal | Words | tuple[Words, ...] | None
Row = dict[str, Cell]
Where = tuple[str | int, ...]
Table = tuple[str, list[str], list[list[str]]]
Kind = Literal["project", "folder", "rubric"]

OUTCOMES: Final = {
    "gains": Words("得分上升", "gains"),
    "loses": Words("得分下降", "loses"),
    "same": Words("总分不变", "same total"),
    "no_total": Words("无总分可比", "no total to compare"),
    "failed": Words("无法计分", "can't be scored"),
    "added": Words("只在 B 中", "only in B"),
    "removed": Words("只在 A 中", "only in A"),
}
"""What becomes of a project, in the order in which a summary counts them."""


@dataclass(frozen=True)
class Column:
    """A column: its name in data, its heading, and whether the printed table shows it."""

    key: str
    heading: Words
    shown: bool = True


@dataclass(frozen=True)
class Part:
    """One table of a comparison; ``rows`` hold a cell for every column."""

    key: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def data(self, language: str) -> list[dict[str, Any]]:
        """Give the rows as plain data: numbers stay ``Decimal``, words are in the language."""
        keys = [column.key for column in self.columns]
        return [{key: _said(row[key], language) for key in keys} for row in self.rows]

    def table(self, language: str) -> Table:
        """Give title, headings and rows, all text."""
        shown = [column for column in self.columns if column.shown]
        headings = [column.heading.in_(language) for column in shown]
        rows = [_shortened(row, language) for row in self.rows]
        body = [[_printed(c.key, row[c.key], language) for c in shown] for row in rows]
        return self.title.in_(language), headings, body


@dataclass(frozen=True)
class Side:
    """One project of a comparison: a params file or a report folder, and the rubric to use instead of its own."""

    path: Path
    rubric: str | None = None


@dataclass(frozen=True)
class Comparison:
    """What :func:`compare` found. The first part is the main table; ``notes`` are remarks on the whole.

    ``pairs`` holds the projects of a comparison of folders by key, for :meth:`detail`.
    """

    a: str
    b: str
    kind: Kind
    summary: Words
    parts: tuple[Part, ...]
    notes: tuple[Words, ...] = ()
    pairs: tuple[tuple[str, Side | None, Side | None], ...] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The main table as plain data, words in Chinese."""
        return self.parts[0].data("zh")

    def frame(self, part: str | None = None, language: str = "zh") -> Any:
        """Give a part (default: the main one) as a pandas DataFrame; numbers stay ``Decimal``.

        Raises:
            KeyError: no such part in this comparison.
        """
        import pandas as pd

        chosen = self.part(part) if part else self.parts[0]
        keys = [column.key for column in chosen.columns]
        return pd.DataFrame(chosen.data(language), columns=keys, dtype=object)

    def part(self, key: str) -> Part:
        """Give a part by name.

        Raises:
            KeyError: no such part in this comparison.
        """
        return {part.key: part for part in self.parts}[key]

    def tables(self, language: str) -> list[Table]:
        """Give every part that has rows as (title, headings, rows), all text, for the terminal."""
        return [part.table(language) for part in self.parts if part.rows]

    def detail(self, key: str) -> "Comparison":
        """Give the comparison of one project of two folders, facts and scores.

        Raises:
            KeyError: the project doesn't stand on both sides.
            InputError: it can't be scored on one side.
        """
        one, two = {stem: (one, two) for stem, one, two in self.pairs}[key]
        if one is None or two is None:
            raise KeyError(key)
        return _compare_projects(one, two, *(f"{name}（{key}）" for name in (self.a, self.b)))


@dataclass(frozen=True)
class _Subject:
    """One argument of ``diff``: what kind of thing it is, and the projects in it by key."""

    given: str
    kind: Kind
    projects: tuple[tuple[str, Path], ...] = ()
    rubric: str = ""


@dataclass(frozen=True)
class _Scored:
    """A project's facts and its result, in the shape of evaluation.json."""

    facts: dict[str, Any]
    result: dict[str, Any]

    @property
    def year(self) -> int:
        return int(self.facts["project"]["year"])


@dataclass(frozen=True)
class _Difference:
    """A fact that differs. ``path`` counts as B does; ``gone`` marks what only A has, counted as A does."""

    path: Where
    label: Words
    a: Any
    b: Any
    gone: bool = False


def compare(a: str | Path, b: str | Path, *, year: int | None = None) -> Comparison:
    """Compare two params files, reports, folders of either, or rubrics (by id or file); or projects with a rubric.

    Projects against a rubric are scored under their own and under the other. ``year`` keeps, of folders, the projects
    of that 评价年度, and of rubrics what is in force for it.

    Raises:
        InputError: an argument is none of these, or a single project or rubric can't be loaded.
    """
    one, two = _subject(a), _subject(b)
    if one.kind == two.kind == "rubric":
        return _compare_rubrics(one, two, year)
    if "rubric" in (one.kind, two.kind):
        return _compare_under_rubric(one, two, year)
    if one.kind != two.kind:
        raise _refusal(
            two.given,
            Words(
                "一边是单个项目，另一边是文件夹，无法比较。",
                "One side is a single project, the other a folder.",
            ),
            Words(
                "两边都写项目文件或报告文件夹，或两边都写装有多个项目的文件夹。",
                "Give two params files or reports, or two folders of them.",
            ),
        )
    if one.kind == "project":
        return _compare_projects(Side(one.projects[0][1]), Side(two.projects[0][1]), one.given, two.given)
    return _compare_folders(one, two, _matched(one.projects, two.projects), year)


# --- what was given ------------------------------------------------------------------------------------------------


def _subject(given: str | Path) -> _Subject:
    name, path = str(given), Path(given)
    if path.is_dir():
        return _folder(name, path)
    if path.suffix in (".yaml", ".yml"):
        if _holds_rubric(path):
            return _Subject(name, "rubric", rubric=name)
        return _Subject(name, "project", ((path.stem, path),))
    if name in rubric_ids():
        return _Subject(name, "rubric", rubric=name)
    choices = "、".join(rubric_ids())
    raise _refusal(
        name,
        Words(
            "既不是项目文件、报告文件夹，也不是评分规则。",
            "This is neither a params file, a report nor a rubric.",
        ),
        Words(
            f"写项目文件（.yaml）、报告文件夹、装有它们的文件夹，或评分规则的编号（{choices}）。",
            f"Give a params file (.yaml), a report folder, a folder of either, or a rubric's id ({choices}).",
        ),
    )


def _folder(name: str, path: Path) -> _Subject:
    if _is_report(path):
        return _Subject(name, "project", ((path.name, path),))
    reports = [p.parent for p in _below(path, RECORD) if _is_report(p.parent)]
    found = reports or [p for p in _below(path, "*.yaml") if not _is_rubric(p)]
    if not found:
        raise _refusal(
            name,
            Words(
                "这个文件夹里没有项目文件，也没有报告。",
                "There is no params file and no report in this folder.",
            ),
            Words("请核对文件夹。", "Check the folder."),
        )
    keyed = [(p if reports else p.with_suffix("")).relative_to(path).as_posix() for p in found]
    return _Subject(name, "folder", tuple(zip(keyed, found, strict=True)))


def _below(path: Path, pattern: str) -> list[Path]:
    """Give the files below a folder, sorted; not what stands in hidden folders (half-made reports, checkpoints)."""
    found = sorted(p for p in path.rglob(pattern) if p.is_file())
    return [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]


def _is_report(path: Path) -> bool:
    return (path / PARAMS).is_file() and (path / RECORD).is_file()


def _holds_rubric(path: Path) -> bool:
    """Tell a rubric's file by its first line after comments."""
    lines = (line.strip() for line in read_text(path).splitlines())
    first = next((line for line in lines if line and not line.startswith(("#", "---", "%"))), "")
    return bool(re.match(r"schema:\s*[\"']?wenxiao/rubric/1\b", first))


def _is_rubric(path: Path) -> bool:
    try:
        return _holds_rubric(path)
    except InputError:  # told with the project it was meant to be
        return False


def _refusal(file: str, wrong: Words, instead: Words) -> InputError:
    return InputError([Problem(file, 0, 0, "", wrong, instead)])


def _matched(
    a: Sequence[tuple[str, Path]], b: Sequence[tuple[str, Path]]
) -> list[tuple[str, Side | None, Side | None]]:
    """Match projects by relative path, then by bare name where it is the only one on both sides."""
    one, two = dict(a), dict(b)
    found = {key: (key, key) for key in one if key in two}
    left, right = ([k for k in side if k not in found] for side in (one, two))
    bare = [Counter(k.rpartition("/")[2] for k in keys) for keys in (left, right)]
    by_name = {k.rpartition("/")[2]: k for k in left}
    for key in right:
        name = key.rpartition("/")[2]
        if bare[0][name] == bare[1][name] == 1:
            found[key] = (by_name[name], key)
    taken = {i for i, _ in found.values()}
    pairs = [(key, Side(one[i]), Side(two[j])) for key, (i, j) in found.items()]
    gone = [(key, Side(one[key]), None) for key in one if key not in taken]
    new = [(key, None, Side(two[key])) for key in two if key not in found]
    return sorted([*pairs, *gone, *new], key=lambda pair: pair[0])


def _scored(side: Side) -> _Scored:
    """Give a project's facts and result; the one place that scores.

    Raises:
        InputError: it can't be loaded, or not scored under the rubric.
    """
    report = side.path.is_dir()
    params = side.path / PARAMS if report else side.path
    if report and side.rubric is None:
        return _Scored(facts(load_project(params)), _published(side.path / RECORD))
    evaluation = check_file(params, side.rubric)
    return _Scored(facts(evaluation.project), evaluation.as_dict())


def _published(path: Path) -> dict[str, Any]:
    try:
        result = json.loads(read_text(path), parse_float=Decimal)
    except ValueError:
        result = None
    groups = {"project": dict, "budget": dict, "indicators": list}
    if not isinstance(result, dict) or not all(isinstance(result.get(k), t) for k, t in groups.items()):
        raise _refusal(
            shown_path(path),
            Words("这不是 wenxiao 写的评价结果。", "This is no evaluation written by wenxiao."),
            Words("重新生成这份报告：wenxiao run。", "Make the report anew: wenxiao run."),
        )
    return result


# --- facts ---------------------------------------------------------------------------------------------------------

_TABLES: Final = {"category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS}
# Facts of an indicator that no method of scoring looks at.
_WORDS_ONLY: Final = {"name", "planned_as", "deviation_cause", "corrective_action", "evidence"}
_AMOUNTS: Final = ("original", "adjusted", "outturn", "received")
_UNCOMPARED: Final = {"schema", "rubric"}  # the rubric is told with the scores, by the id that was used


def _paired(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Match the items of two lists by name, then by position; what is left stands alone."""
    free: dict[str, list[int]] = {}
    for i, item in enumerate(a):
        free.setdefault(_name(item), []).append(i)
    found = {j: free[n].pop(0) for j, item in enumerate(b) if free.get(n := _name(item))}
    left = set(range(len(a))) - set(found.values())
    for j in range(len(b)):
        if j not in found and j in left:
            found[j] = j
            left.remove(j)
    return [*((found.get(j), j) for j in range(len(b))), *((i, None) for i in sorted(left))]


def _name(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    return str(next((item[key] for key in ("name", "title", "planned", "reason") if item.get(key)), ""))


def _differences(a: Any, b: Any, path: Where = (), said: Where = ()) -> Iterator[_Difference]:
    """Give every fact that differs; ``said`` is the path with names in place of numbers."""
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        one, two = a or {}, b or {}
        for key in dict.fromkeys([*two, *one]):
            if path or key not in _UNCOMPARED:
                yield from _differences(one.get(key), two.get(key), (*path, key), (*said, key))
    elif isinstance(a, list | tuple) or isinstance(b, list | tuple):
        yield from _list_differences(a or (), b or (), path, said)
    elif a != b:
        yield _Difference(path, _label(said), _value(path, a), _value(path, b))


def _list_differences(a: Sequence[Any], b: Sequence[Any], path: Where, said: Where) -> Iterator[_Difference]:
    for i, j in _paired(a, b):
        if i is None or j is None:
            index = j if i is None else i
            assert index is not None
            item = (b if i is None else a)[index]
            shown = _name(item) or str(index + 1)
            one, two = (None, shown) if i is None else (shown, None)
            yield _Difference((*path, index), _label((*said, index)), one, two, gone=j is None)
        else:
            yield from _differences(a[i], b[j], (*path, j), (*said, _name(b[j]) or j))


def _label(said: Where) -> Words:
    """Name a field in the form's words, and in English by its keys."""
    if said == ("printed", "total"):
        return Words("原文件上写的数·总分", "printed · total")
    shown = [str(part + 1) if isinstance(part, int) else CATEGORIES.get(part, label(part)) for part in said]
    keys = [str(part + 1) if isinstance(part, int) else part for part in said]
    return Words("·".join(shown), " · ".join(keys))


def _value(path: Where, value: Any) -> str | None:
    if value is None:
        return None
    table = _TABLES.get(str(path[-1]))
    if table and value in table:
        return table[value]
    return show(value) if isinstance(value, Decimal) else str(value)


# --- two projects --------------------------------------------------------------------------------------------------


class _Pair:
    """Two scored projects, the facts that differ, and what is said of the rules that differ."""

    def __init__(self, a: _Scored, b: _Scored):
        self.a, self.b = a, b
        self.rules = _changed_rules(a, b)
        self.measured = any(_is_measured(one) for one in (a, b))
        self.differences = tuple(_differences(a.facts, b.facts))
        touched = [(difference, self.touched(difference)) for difference in self.differences]
        self.facts = tuple((d, score) for d, score in touched if score)
        self.claims = tuple(d for d in self.differences if "printed" in d.path)
        scored = {id(d) for d, _ in self.facts} | {id(d) for d in self.claims}
        self.others = tuple(d for d in self.differences if id(d) not in scored)

    def touched(self, difference: _Difference) -> str:
        """Give the score a fact can move: ``budget``, ``indicators[2]``, ``total``, ``measures`` (rates of the form),
        ``rules`` (all); else empty.
        """
        path = difference.path
        if "printed" in path:
            return ""
        if path[0] == "indicators":
            return "" if self._only_words(difference) else _score_key(path, difference.gone)
        if path[0] == "budget":
            if self._moves_execution(path):
                return "budget"
            return "measures" if self.measured and path[-1] in _AMOUNTS else ""
        if path[0] == "objectives" and path[-1] == "points":
            return "total"
        if path == ("project", "completed"):
            budgets = (self.a.result["budget"], self.b.result["budget"])
            return "budget" if "interval" in [one.get("method") for one in budgets] else ""
        if path == ("project", "year"):
            return "rules" if self.rules else ""
        return "total" if path == ("excerpt",) else ""

    def _only_words(self, difference: _Difference) -> bool:
        field = difference.path[2] if len(difference.path) > 2 else None
        if field == "subcategory":  # the rules know cost from the rest, nothing finer
            return not any("成本" in (value or "") for value in (difference.a, difference.b))
        return field in _WORDS_ONLY

    def _moves_execution(self, path: Where) -> bool:
        if path[1] == "sources":
            return len(path) == 3 or path[-1] in ("adjusted", "outturn")
        # A stated total is only checked where there are sources to add up.
        summed = all(one.facts["budget"].get("sources") for one in (self.a, self.b))
        return path[1] == "total" and path[-1] in ("adjusted", "outturn") and not summed


def _is_measured(one: _Scored) -> bool:
    """Tell whether the rubric computes the actual of some indicator from 项目资金."""
    stated = [indicator.get("actual") for indicator in one.facts["indicators"]]
    return any(a != b.get("actual") for a, b in zip(stated, one.result["indicators"], strict=False))


def _score_key(path: Where, gone: bool) -> str:
    return shown_where(path[:2]) + ("-" if gone and len(path) == 2 else "")


def _changed_rules(a: _Scored, b: _Scored) -> tuple[Words, ...]:
    """Say that another rubric was used, or that the same one has other values in the other year."""
    one, two = str(a.result.get("rubric")), str(b.result.get("rubric"))
    if one != two:
        return (Words(f"评分规则 {one} → {two}", f"rubric {one} → {two}"),)
    if a.year == b.year or one not in rubric_ids():
        return ()
    rubric = load_rubric(one)
    try:
        values = [
            rubric.at(year).model_dump(exclude={"references", "verified", "bases"})
            for year in (a.year, b.year)
        ]
    except LookupError:  # a published report of a year which the rubric no longer covers
        return ()
    if values[0] == values[1]:
        return ()
    years = f"{a.year} → {b.year}"
    return (
        Words(f"评分规则 {one} 的取值随年度不同（{years}）", f"values of rubric {one} by year ({years})"),
    )


def _compare_projects(one: Side, two: Side, name_a: str, name_b: str) -> Comparison:
    pair = _Pair(_scored(one), _scored(two))
    scores = _score_rows(pair)
    moved = sum(row["a"] != row["b"] for row in scores)
    said = (moved, len(pair.facts), len(pair.claims), len(pair.others))
    summary = Words(
        "得分项变动 {} 处；可影响得分的事实变动 {} 处，原文件上写的数变动 {} 处，其他变动 {} 处。".format(
            *said
        ),
        "{} scores moved; changed: {} facts that scores rest on, {} printed claims, {} other.".format(*said),
    )
    parts = (
        Part("scores", Words("得分", "Scores"), _SCORE_COLUMNS, tuple(scores)),
        _fact_part(
            "facts", Words("可影响得分的事实", "Facts that scores rest on"), [d for d, _ in pair.facts]
        ),
        _fact_part(
            "claims",
            Words("原文件上写的数（只核对，不影响得分）", "Printed claims (move no score)"),
            pair.claims,
        ),
        _fact_part("others", Words("不影响得分的其他变动", "Other changes (move no score)"), pair.others),
    )
    return Comparison(name_a, name_b, "project", summary, parts, (*pair.rules, *_remarks(pair)))


def _remarks(pair: _Pair) -> Iterator[Words]:
    for side, one in (("A", pair.a), ("B", pair.b)):
        if one.result.get("overrides"):
            yield Words(
                f"{side} 是试算报告：其中有事实被临时改动。",
                f"{side} is a what-if report: facts were replaced in it.",
            )
    yield from _by_side(*(str(one.result.get("reason") or "") for one in (pair.a, pair.b)))


def _by_side(a: str, b: str) -> Iterator[Words]:
    """Say what holds of A, of B, or of both (once)."""
    if a and a == b:
        yield Words(f"A、B：{a}", f"A, B: {a}")
        return
    for side, said in (("A", a), ("B", b)):
        if said:
            yield Words(f"{side}：{said}", f"{side}: {said}")


_A, _B, _CHANGE = (
    Column("a", Words("A", "A")),
    Column("b", Words("B", "B")),
    Column("change", Words("变化", "change")),
)
_SCORE_COLUMNS: Final = (
    Column("where", Words("位置", "where"), shown=False), Column("name", Words("得分项", "score")), _A, _B, _CHANGE,
    Column("why", Words("原因", "why")),
    Column("formula_a", Words("算法 A", "formula A"), shown=False),
    Column("formula_b", Words("算法 B", "formula B"), shown=False),
)  # fmt: skip
_FACT_COLUMNS: Final = (
    Column("where", Words("位置", "where")), Column("label", Words("事实", "fact")), _A, _B,
)  # fmt: skip


def _fact_part(key: str, title: Words, differences: Iterable[_Difference]) -> Part:
    rows = [{"where": shown_where(d.path), "label": d.label, "a": d.a, "b": d.b} for d in differences]
    return Part(key, title, _FACT_COLUMNS, tuple(rows))


def _score_rows(pair: _Pair) -> list[Row]:
    rows = [_score_row(pair, *line) for line in _lines(pair)]
    rows.append(_total_row(pair, rows))
    rows.append(_grade_row(pair))
    return rows


def _lines(pair: _Pair) -> Iterator[tuple[str, str, Words, dict[str, Any], dict[str, Any]]]:
    """Give the scores on both sides: key, place, name, and what evaluation.json says of each."""
    one, two = pair.a.result, pair.b.result
    yield "budget", "budget", Words("预算执行率", "budget execution"), one["budget"], two["budget"]
    for i, j in _paired(one["indicators"], two["indicators"]):
        a = {} if i is None else one["indicators"][i]
        b = {} if j is None else two["indicators"][j]
        name = _name(b or a)
        place = shown_where(("indicators", i if j is None else j))  # type: ignore[arg-type]
        yield place + ("-" if j is None else ""), place, Words(name, name), a, b


def _score_row(pair: _Pair, key: str, place: str, name: Words, a: dict[str, Any], b: dict[str, Any]) -> Row:
    one, two = _decimal(a.get("score")), _decimal(b.get("score"))
    return {
        "where": place, "name": name, "a": one, "b": two, "change": _less(two, one),
        "why": _why(pair, key, a, b) if one != two else (),
        "formula_a": a.get("formula"), "formula_b": b.get("formula"),
    }  # fmt: skip


def _why(pair: _Pair, key: str, a: dict[str, Any], b: dict[str, Any]) -> tuple[Words, ...]:
    """Give what moved a score: facts it rests on, the rule, and what is missing where there is no score."""
    said = [_told(d) for d, score in pair.facts if score == key]
    if not said and a.get("actual") != b.get("actual"):
        before, after = (_around(line.get("actual")) for line in (a, b))
        said.append(
            Words(
                f"由项目资金算出的完成值 {before} → {after}",
                f"actual computed from the budget {before} → {after}",
            )
        )
    if pair.rules and a and b:
        said += [*pair.rules, *_changed_rule_of(a, b)]
    for side, one in (("A", a), ("B", b)):
        if one.get("score") is None and (reason := one.get("reason")):
            said.append(Words(f"{side} 无得分：{reason}", f"no score in {side}: {reason}"))
    return tuple(said) or (_UNEXPLAINED,)


_UNEXPLAINED: Final = Words(
    "没有事实或规则编号的变动能解释它：规则文件的内容或程序版本可能不同，或结果被改动过",
    "no changed fact or rubric id explains it: the rubric's text or the program may differ, or the result was edited",
)


def _told(difference: _Difference) -> Words:
    a, b = (_around(value) for value in (difference.a, difference.b))
    said = difference.label
    return Words(f"{said.zh} {a} → {b}", f"{said.en} {a} → {b}")


def _around(value: str | None) -> str:
    if value is None:
        return "—"
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _changed_rule_of(a: dict[str, Any], b: dict[str, Any]) -> Iterator[Words]:
    """Say how the rule treats one score otherwise: its method, and points that come from the rubric."""
    if a.get("method") != b.get("method"):
        one, two = (str(line.get("method") or "—") for line in (a, b))
        yield Words(f"计分方法 {METHODS.get(one, one)} → {METHODS.get(two, two)}", f"method {one} → {two}")
    if "amount_unit" in a and a.get("points") != b.get("points"):
        one, two = (str(line.get("points") or "—") for line in (a, b))
        yield Words(f"分值 {one} → {two}", f"points {one} → {two}")


def _total_row(pair: _Pair, rows: Sequence[Row]) -> Row:
    one, two = (_decimal(side.result.get("total")) for side in (pair.a, pair.b))
    said: list[Words] = [_told(d) for d, score in pair.facts if score == "total"]
    said += [_moved(row) for row in rows if row["a"] != row["b"]]
    for side, result in (("A", pair.a.result), ("B", pair.b.result)):
        if result.get("total") is None and (reason := result.get("reason")):
            said.append(Words(f"{side} 无总分：{reason}", f"no total in {side}: {reason}"))
    why = (tuple(said) or pair.rules or (_UNEXPLAINED,)) if one != two else ()
    name = Words("总分", "total")
    return _result_row("total", name, one, two, why)


def _moved(row: Row) -> Words:
    name, change = row["name"], row["change"]
    assert isinstance(name, Words)
    if change is None:
        shown = " → ".join(_printed(side, row[side], "zh") for side in ("a", "b"))
    else:
        shown = _printed("change", change, "zh")
    return Words(f"{name.zh} {shown}", f"{name.en} {shown}")


def _grade_row(pair: _Pair) -> Row:
    one, two = (side.result.get("grade") for side in (pair.a, pair.b))
    why: tuple[Words, ...] = ()
    if one != two:
        totals = " → ".join(str(side.result.get("total") or "—") for side in (pair.a, pair.b))
        why = (Words(f"总分 {totals}", f"total {totals}"), *pair.rules)
    return _result_row("grade", Words("等级", "grade"), one, two, why)


def _result_row(where: str, name: Words, a: Any, b: Any, why: tuple[Words, ...]) -> Row:
    change = None if where == "grade" else _less(b, a)
    return {
        "where": where, "name": name, "a": a, "b": b, "change": change, "why": why, "formula_a": None,
        "formula_b": None,
    }  # fmt: skip


def _decimal(value: Any) -> Decimal | None:
    """Read a score as evaluation.json writes it."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) else None


def _less(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    if a is None or b is None:
        return None
    with exact():
        return a - b


# --- many projects -------------------------------------------------------------------------------------------------

_PROJECT_COLUMNS: Final = (
    Column("stem", Words("文件", "file")), Column("project", Words("项目", "project")),
    Column("outcome", Words("结果", "outcome")),
    Column("total_a", Words("总分 A", "total A")), Column("total_b", Words("总分 B", "total B")),
    _CHANGE, Column("grade_a", Words("等级 A", "grade A")), Column("grade_b", Words("等级 B", "grade B")),
    Column("rubric_a", Words("规则 A", "rubric A"), shown=False),
    Column("rubric_b", Words("规则 B", "rubric B"), shown=False),
    Column("scores_moved", Words("变动的得分项", "scores moved")),
    Column("scored_change", Words("两边都有的得分之差", "change of the scores on both sides")),
    Column("facts_changed", Words("可影响得分的事实变动", "facts changed"), shown=False),
    Column("claims_changed", Words("原文件数字变动", "claims changed"), shown=False),
    Column("note", Words("说明", "note")),
)  # fmt: skip


def _compare_under_rubric(one: _Subject, two: _Subject, year: int | None) -> Comparison:
    """Score the same facts under their own rubric and under the other, in the order the two were given."""
    own = two if one.kind == "rubric" else one
    rubrics = [side.rubric or None for side in (one, two)]
    for name in filter(None, rubrics):
        load_rubric(name)  # a faulty rubric is one problem, not one a project
    pairs = [(key, Side(path, rubrics[0]), Side(path, rubrics[1])) for key, path in own.projects]
    if own.kind == "project":
        try:
            return _compare_projects(pairs[0][1], pairs[0][2], one.given, two.given)
        except InputError:
            # Only what the other rubric can't score is told in a row; the project's own faults are raised.
            _scored(Side(own.projects[0][1]))
    found = _compare_folders(one, two, pairs, year)
    rows = sorted(found.parts[0].rows, key=_by_gain)
    main = Part("projects", found.parts[0].title, _PROJECT_COLUMNS, tuple(rows))
    return Comparison(found.a, found.b, "folder", found.summary, (main,), found.notes, found.pairs)


def _by_gain(row: Row) -> tuple[bool, Decimal, str]:
    """Who gains most comes first; who has no total to compare comes last."""
    change = row["change"]
    known = isinstance(change, Decimal)
    return (not known, -change if isinstance(change, Decimal) else Decimal(0), str(row["stem"]))


def _compare_folders(
    one: _Subject, two: _Subject, pairs: Sequence[tuple[str, Side | None, Side | None]], year: int | None
) -> Comparison:
    rows, kept = [], []
    for key, a, b in pairs:
        row, years = _project_row(key, a, b)
        if year is None or not years or year in years:
            rows.append(row)
            kept.append((key, a, b))
    counts = Counter(str(row["outcome"]) for row in rows)
    told = [(words, counts[key]) for key, words in OUTCOMES.items() if counts[key]]
    summary = Words(
        f"共 {len(rows)} 个项目：" + "，".join(f"{words.zh} {n}" for words, n in told) + "。",
        f"{len(rows)} projects: " + ", ".join(f"{words.en} {n}" for words, n in told) + ".",
    )
    part = Part("projects", Words("各项目", "Projects"), _PROJECT_COLUMNS, tuple(rows))
    return Comparison(one.given, two.given, "folder", summary, (part,), pairs=tuple(kept))


def _project_row(key: str, a: Side | None, b: Side | None) -> tuple[Row, set[int]]:
    """Give a project's row, and the years of its sides; no years where none could be loaded."""
    found: list[_Scored | None] = []
    faults: dict[str, Words] = {}
    for letter, side in (("A", a), ("B", b)):
        try:
            found.append(_scored(side) if side else None)
        except InputError as error:
            found.append(None)
            faults[letter] = _first(error)
    one, two = found
    row = _bare_row(key, one, two)
    notes: list[Words] = []
    if faults:
        row["outcome"] = "failed"
        notes += _failed(faults)
    elif one is None or two is None:
        row["outcome"] = "added" if one is None else "removed"
    else:
        notes += _fill(row, _Pair(one, two))
    row["note"] = tuple(notes)
    return row, {side.year for side in found if side}


def _first(error: InputError) -> Words:
    """Say the first fault of a file, and how many more there are."""
    first, more = error.problems[0], len(error.problems) - 1
    place = f"{first.line}:{first.column} {first.where}".rstrip() if first.line else first.where
    return Words(
        f"{place} {first.wrong.zh}".strip() + (f"（另有 {more} 处）" if more else ""),
        f"{place} {first.wrong.en}".strip() + (f" ({more} more)" if more else ""),
    )


def _failed(faults: Mapping[str, Words]) -> Iterator[Words]:
    a, b = faults.get("A"), faults.get("B")
    if a is not None and a == b:
        yield Words(f"A、B：{a.zh}", f"A, B: {a.en}")
        return
    for side, said in faults.items():
        yield Words(f"{side}：{said.zh}", f"{side}: {said.en}")


def _lost(line: Row) -> Iterator[Words]:
    """Name a score that only one side gives: a total then says less than it seems."""
    name, side = line["name"], "A" if line["a"] is None else "B"
    assert isinstance(name, Words)
    yield Words(f"{side} 算不出“{name.zh}”的得分", f"{side} gives no score for {name.en}")


def _bare_row(key: str, one: _Scored | None, two: _Scored | None) -> Row:
    a, b = (side.result if side else {} for side in (one, two))
    known = two or one
    total_a, total_b = _decimal(a.get("total")), _decimal(b.get("total"))
    return {
        "stem": key, "project": known.facts["project"]["name"] if known else None, "outcome": "no_total",
        "total_a": total_a, "total_b": total_b, "change": _less(total_b, total_a),
        "grade_a": a.get("grade"), "grade_b": b.get("grade"),
        "rubric_a": a.get("rubric"), "rubric_b": b.get("rubric"),
        "scores_moved": None, "scored_change": None, "facts_changed": None, "claims_changed": None, "note": (),
    }  # fmt: skip


def _fill(row: Row, pair: _Pair) -> Iterator[Words]:
    """Complete the row of a project scored on both sides; give what is to be noted."""
    given = list(_lines(pair))
    lines = [_score_row(pair, *line) for line in given]
    row["scores_moved"] = sum(line["a"] != line["b"] for line in lines)
    changes = [change for line in lines if isinstance(change := line["change"], Decimal)]
    row["scored_change"] = total(changes) if changes else None
    row["facts_changed"], row["claims_changed"] = len(pair.facts), len(pair.claims)
    if isinstance(change := row["change"], Decimal):
        row["outcome"] = "gains" if change > 0 else "loses" if change < 0 else "same"
    yield from _remarks(pair)
    for line, (*_, a, b) in zip(lines, given, strict=True):
        if a and b and (line["a"] is None) != (line["b"] is None):
            yield from _lost(line)


# --- two rubrics ---------------------------------------------------------------------------------------------------

_RULE_WORDS: Final = {
    "total": Words("总分", "total"),
    "execution_points": Words("预算执行率分值", "execution points"),
    "execution": Words("预算执行率计分", "execution"),
    "category_points": Words("一级指标分值", "category points"),
    "adjustable": Words("分值可适当调整", "adjustable"),
    "quantitative": Words("定量指标计分", "quantitative"),
    "satisfaction": Words("满意度指标计分", "satisfaction"),
    "levels": Words("定性指标档次", "levels"),
    "grades": Words("等级下限", "grades"),
    "rounding": Words("小数位数", "rounding"),
    "method": Words("计分方法", "method"),
    "at_most": Words("反向指标公式", "formula for ≤"),
    "floor": Words("及格门槛", "floor"),
    "bands": Words("区间（起点 → 得分比例）", "bands (from → share)"),
    "low": Words("下限", "low"),
    "high": Words("上限", "high"),
    "rate_places": Words("比率", "rates"),
    "score_places": Words("得分", "scores"),
    "name": Words("名称", "name"),
    "scored": Words("是否计分", "scored"),
    "kind": Words("评价的种类", "kind"),
    "based_on": Words("所依据的规则", "based on"),
    "goal_points": Words("年度绩效目标分值", "goal points"),
    "inside": Words("并入其他指标计分", "inside"),
    "at_least": Words("合计不少于", "at least"),
    "categories": Words("一级指标", "categories"),
    "qualitative": Words("定性指标计分", "qualitative"),
    "deadlines": Words("逾期计分", "deadlines"),
    "deductions": Words("扣分", "deductions"),
    "incomplete_step": Words("不足一档", "incomplete step"),
    "measures": Words("由项目资金算出的比率", "measures"),
    "numerator": Words("分子", "numerator"),
    "denominator": Words("分母", "denominator"),
    "splits": Words("另外的分列", "splits"),
    "thresholds": Words("提请说明的界限", "thresholds"),
    "execution_below": Words("执行率低于", "execution below"),
    "above_target_by": Words("超过指标值", "above target by"),
    "points_of_one": Words("单项占分值", "points of one"),
    "rate_first": Words("先舍入比率再计分", "rate rounded first"),
}  # fmt: skip
_RULE_VALUES: Final = {
    "linear": "按超出的比例扣减",
    "ratio": "按指标值与完成值之比",
    "free": "不扣分",
    "whole": "按一档扣分",
}
_RULE_COLUMNS: Final = (
    Column("where", Words("位置", "where"), shown=False), Column("label", Words("规定", "rule")),
    Column("from", Words("自（年度）", "from")), Column("to", Words("至（年度）", "to")), _A, _B,
    Column("reference_a", Words("依据 A", "reference A")), Column("reference_b", Words("依据 B", "reference B")),
    Column("verified_a", Words("已核对 A", "verified A"), shown=False),
    Column("verified_b", Words("已核对 B", "verified B"), shown=False),
)  # fmt: skip
_BEFORE_ALL: Final = 1900  # the earliest year a file may state
_UNDATED_SKIPPED: Final = {"schema", "id", "references"}


def _compare_rubrics(one: _Subject, two: _Subject, year: int | None) -> Comparison:
    a, b = load_rubric(one.rubric), load_rubric(two.rubric)
    starts = _start(a), _start(b)
    first = max(starts)
    if year is not None and year < first:
        given = one if starts[0] > year else two
        raise _refusal(
            given.given,
            Words(f"这套评分规则不适用于 {year} 年度（自 {first} 年度起适用）。", f"This rubric does not apply to {year} (it applies from {first} on)."),
            Words("改用两套规则都适用的年度。", "Take a year to which both apply."),
        )  # fmt: skip
    rows = [*_undated_rows(a, b), *_dated_rows(a, b, first, year)]
    if starts[0] != starts[1]:
        rows.insert(
            0,
            _rule_row(
                "since", Words("适用年度起点", "applies from"), None, [_rule(start) for start in starts]
            ),
        )
    summary = Words(f"有 {len(rows)} 处规定不同。", f"{len(rows)} values differ.")
    part = Part("rules", Words("不同的规定", "Rules that differ"), _RULE_COLUMNS, tuple(rows))
    unverified = any(row[key] is False for row in rows for key in ("verified_a", "verified_b"))
    note = Words("标“尚待与原文核对”的规定没有与文件原文比对过。", "Values marked “to be confirmed” were not compared with the original text.")  # fmt: skip
    return Comparison(one.given, two.given, "rubric", summary, (part,), (note,) if unverified else ())


def _dump(rubric: Rubric) -> dict[str, Any]:
    return rubric.model_dump(by_alias=True)


def _is_dated(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(one, Mapping) and {"since", "value"} <= set(one) for one in value
    )


def _start(rubric: Rubric) -> int:
    """Give the first year the rubric applies to, as :meth:`Rubric.at` says it."""
    try:
        rubric.at(_BEFORE_ALL)
    except LookupError as error:
        return int(error.args[0])
    return _BEFORE_ALL


def _undated_rows(a: Rubric, b: Rubric) -> Iterator[Row]:
    one, two = _dump(a), _dump(b)
    for key in one:
        if key in _UNDATED_SKIPPED or _is_dated(one[key]) or _is_dated(two[key]) or one[key] == two[key]:
            continue
        yield _rule_row(
            key, _rule_label((key,)), None, [None if v is None else _rule(v) for v in (one[key], two[key])]
        )


def _dated_rows(a: Rubric, b: Rubric, first: int, year: int | None) -> Iterator[Row]:
    """Give a row for each value and each run of years in which it differs."""
    one, two = _dump(a), _dump(b)
    for key in one:
        if _is_dated(one[key]) and _is_dated(two[key]):
            sinces = {int(dated["since"]) for dated in (*one[key], *two[key])}
            years = [year] if year else sorted({first, *(s for s in sinces if s > first)})
            for row in _rows_by_year(key, (a, one[key]), (b, two[key]), years):
                yield {**row, "to": year} if year else row


def _rows_by_year(
    key: str, a: tuple[Rubric, Sequence[Any]], b: tuple[Rubric, Sequence[Any]], years: Sequence[int]
) -> Iterator[Row]:
    open_: dict[str, Row] = {}
    for year in years:
        one, two = (_in_force(dated, year) for _, dated in (a, b))
        leaves = [dict(_rule_leaves(side["value"], (key,))) if side else {} for side in (one, two)]
        for path in dict.fromkeys([*leaves[0], *leaves[1]]):
            where, values = ".".join(path), [side.get(path) for side in leaves]
            row = open_.get(where)
            if row and [row["a"], row["b"]] != values:
                yield {**open_.pop(where), "to": year - 1}
            if values[0] != values[1] and where not in open_:
                sources = [_source(a[0], one, values[0]), _source(b[0], two, values[1])]
                open_[where] = _rule_row(where, _rule_label(path), year, values, sources)
    yield from open_.values()


def _in_force(dated: Sequence[Any], year: int) -> Mapping[str, Any] | None:
    return max((d for d in dated if int(d["since"]) <= year), key=lambda d: int(d["since"]), default=None)


def _source(
    rubric: Rubric, dated: Mapping[str, Any] | None, value: Words | None
) -> tuple[Words | None, bool | None]:
    """Give the reference of a value, and whether it was verified."""
    if dated is None or value is None:
        return None, None
    reference, verified = rubric.references[dated["reference"]], bool(dated["verified"])
    title = " ".join(part for part in (reference.title, reference.article) if part)
    if verified:
        return Words(title, title), True
    return Words(f"{title}（尚待与原文核对）", f"{title} (to be confirmed)"), False


def _rule_leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Words]]:
    """Give each single value of a rule by its path; lists of bands are one value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _rule_leaves(inner, (*path, str(key)))
    elif isinstance(value, list | tuple) and value and all("grade" in one for one in value):
        for band in value:
            yield (*path, str(band["grade"])), _rule(band["from"])
    elif value is not None and value != () and value != []:
        yield path, _rule(value)


def _rule(value: Any) -> Words:
    if isinstance(value, list | tuple):
        parts = [_rule(one) for one in value]
        return Words("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))
    if isinstance(value, Mapping):
        parts = [_rule(one) for one in value.values()]
        return Words(" → ".join(one.zh for one in parts), " → ".join(one.en for one in parts))
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    return _term(show(value) if isinstance(value, Decimal) else str(value))


def _rule_label(path: tuple[str, ...]) -> Words:
    # Inside a rule a category is a category: 满意度指标, not the rule on how it is scored.
    first, *inner = path
    said = [_RULE_WORDS.get(first) or _term(first)]
    said += [_term(part) if part in CATEGORIES else _RULE_WORDS.get(part) or _term(part) for part in inner]
    return Words("·".join(words.zh for words in said), " · ".join(words.en for words in said))


def _term(part: str) -> Words:
    tables = (_RULE_VALUES, CATEGORIES, GRADES, LEVELS, METHODS, KINDS)
    return Words(next((table[part] for table in tables if part in table), label(part)), part)


def _rule_row(
    where: str,
    said: Words,
    from_: int | None,
    values: Sequence[Words | None],
    sources: Sequence[tuple[Words | None, bool | None]] = ((None, None), (None, None)),
) -> Row:
    (reference_a, verified_a), (reference_b, verified_b) = sources
    return {
        "where": where, "label": said, "from": from_, "to": None, "a": values[0], "b": values[1],
        "reference_a": reference_a, "reference_b": reference_b, "verified_a": verified_a, "verified_b": verified_b,
    }  # fmt: skip


# --- what a reader sees --------------------------------------------------------------------------------------------


def _said(cell: Cell, language: str) -> Any:
    if isinstance(cell, Words):
        return cell.in_(language)
    if isinstance(cell, tuple):
        return Words("；", "; ").in_(language).join(words.in_(language) for words in cell)
    return cell


def _printed(key: str, cell: Cell, language: str) -> str:
    if cell is None:
        return "—"
    if key == "outcome":
        return OUTCOMES[str(cell)].in_(language)
    if isinstance(cell, Decimal):
        return f"{cell:+f}" if "change" in key and cell else f"{cell:f}"
    return str(_said(cell, language))


def _shortened(row: Row, language: str) -> Row:
    """Cut two long texts to where they differ, so that the difference is seen."""
    a, b = (_said(row.get(side), language) for side in ("a", "b"))
    if max((len(text) for text in (a, b) if isinstance(text, str)), default=0) <= LONGEST:
        return row
    start = _first_difference(a, b) if isinstance(a, str) and isinstance(b, str) else 0
    cut = [_window(text, start) if isinstance(text, str) else text for text in (a, b)]
    return {**row, "a": cut[0], "b": cut[1]}


def _first_difference(a: str, b: str) -> int:
    same = (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    return next(same, min(len(a), len(b)))


def _window(text: str, start: int) -> str:
    begin = max(0, start - 8)
    end = begin + LONGEST
    return ("…" if begin else "") + text[begin:end].replace("\n", " ") + ("…" if end < len(text) else "")

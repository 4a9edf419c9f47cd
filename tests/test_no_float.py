"""No float anywhere in the core: none written, and none met while every project and every worked case is computed."""

import ast
import dataclasses
import datetime as dt
import decimal
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel

from helpers import PARAMS, evaluated
from test_house import CORE, PACKAGE, modules
from wenxiao.checking import check_file
from wenxiao.evaluation import Evaluation
from wenxiao.explaining import explained
from wenxiao.findings import evaluate
from wenxiao.money import exact
from wenxiao.rubric import load_rubric, rubric_ids, rubric_path
from worked import cases, project_of, rubric_of

EXACT = {*CORE, "rubric"}
"""Its slashes join the parts of a path."""
WRITTEN = [
    pytest.param(name, path, id=path.relative_to(PACKAGE).as_posix())
    for name, path in modules()
    if name in EXACT
]
WHOLE_NUMBERS = {"ceil", "floor", "gcd", "lcm", "isqrt", "comb", "perm", "trunc"}
"""What of math gives whole numbers of exact ones."""
FOREIGN = {"cmath", "numpy", "random", "statistics", "time"}
CASES = [
    pytest.param(case, id=f"{file}: {case['name']}")
    for file, case in cases()
    if "refused" not in case and not case.get("faults")
]


# --- what is written --------------------------------------------------------------------------------------------------


def floats(source: str, joins_paths: bool = False) -> Iterator[str]:
    """Give every place of a module that holds a float, makes one, or may."""
    tree = ast.parse(source)
    refused, guarded = _refusals(tree), _guarded(tree)
    for node in ast.walk(tree):
        if why := _why(node, refused):
            yield f"line {node.lineno}: {why}"
        divides = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        if divides and not joins_paths and node not in guarded and "Fraction" not in ast.unparse(node):
            yield f"line {node.lineno}: a division outside exact()"


def _why(node: ast.AST, refused: set[ast.AST]) -> str | None:
    match node:
        case ast.Constant(value=float() | complex()):
            return "a float literal"
        case ast.Name(id="float" | "complex") if node not in refused:
            return "the type float"
        case ast.Call(func=ast.Name(id="round" | "float" | "complex" as name)):
            return f"{name}()"
        case ast.Attribute(attr="from_float" | "timestamp" | "total_seconds" | "hypot" as name):
            return f".{name}"
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in WHOLE_NUMBERS:
            return f"math.{name}"
        case ast.Import(names=names) if FOREIGN & {alias.name.split(".")[0] for alias in names}:
            return "a module of floats"
        case ast.ImportFrom(module=module, names=names):
            if module == "math" and {alias.name for alias in names} - WHOLE_NUMBERS:
                return "a function of math"
            return "a module of floats" if (module or "").split(".")[0] in FOREIGN else None
    return None


def _refusals(tree: ast.AST) -> set[ast.AST]:
    """Give the names in the second argument of isinstance: there a float is asked for only to be refused."""
    calls = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "isinstance"
    ]
    return {name for call in calls for name in ast.walk(call.args[1])}


def _guarded(tree: ast.AST) -> set[ast.AST]:
    """Give all that stands inside ``with exact()``."""
    blocks = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.With) and any("exact()" in ast.unparse(i) for i in n.items)
    ]
    return {node for block in blocks for node in ast.walk(block)}


def test_every_module_of_the_core_is_read():
    assert {name for name, _ in modules()} >= EXACT


@pytest.mark.parametrize(("name", "path"), WRITTEN)
def test_no_float_is_written(name, path):
    assert list(floats(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["x = 0.5", "x = 1e3", "x = 2j", "float('1')", "round(x, 2)", "def f(x: float): ...", "Decimal(float(x))", "import math\nmath.sqrt(x)",
     "from math import sqrt", "from math import ceil, pi", "import statistics", "from random import random", "Decimal.from_float(x)",
     "a / b", "a /= b", "(b - a).total_seconds()", "isinstance(float(x), int)"],
)  # fmt: skip
def test_every_way_to_a_float_is_seen(source):
    assert list(floats(source))


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        "Decimal('0.5')",
        "a // b",
        "isinstance(x, bool | float)",
        "import math\nmath.ceil(x)",
        "with exact():\n    a / b",
        "Fraction(a) / b",
    ],
)
def test_exact_ways_are_let_through(source):
    assert not list(floats(source))


# --- what is computed -------------------------------------------------------------------------------------------------

LEAVES = {str, Decimal, int, bool, type(None), dt.date, Fraction, type(MappingProxyType({}))}


def leaves(value: Any, seen: set[int]) -> Iterator[Any]:
    """Give every value that can be reached from another: fields, properties' sources, keys, elements."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in dataclasses.fields(value)]
    elif isinstance(value, BaseModel):
        parts = [*value.__dict__.values(), *(value.__pydantic_private__ or {}).values()]
    elif isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = list(value)
    else:
        yield value
        return
    for part in parts:
        yield from leaves(part, seen)


def all_exact(*values: Any) -> None:
    found = [one for value in values for one in leaves(value, set())]
    assert found
    strange = {type(one) for one in found if not isinstance(one, PurePath)} - LEAVES
    assert not strange, strange
    assert all(one.is_finite() for one in found if isinstance(one, Decimal))


def outcome(result: Evaluation) -> None:
    """Check everything that is told of an evaluation."""
    all_exact(result, result.as_dict(), tuple(explained(result)))


@pytest.fixture
def trapped():
    """Make every context of decimal refuse floats: the caller's, and those that the core makes for itself."""
    default = decimal.DefaultContext
    before = default.traps[decimal.FloatOperation]
    default.traps[decimal.FloatOperation] = True
    try:
        with decimal.localcontext(decimal.Context()):
            yield
    finally:
        default.traps[decimal.FloatOperation] = before


HALF = 0.5


def test_the_trap_closes_on_floats_inside_the_cores_own_context(trapped):
    with pytest.raises(decimal.FloatOperation):
        Decimal(HALF)
    with exact():
        with pytest.raises(decimal.FloatOperation):
            Decimal(HALF)
        with pytest.raises(decimal.FloatOperation):
            assert Decimal(1) < HALF


def test_a_float_is_seen_wherever_it_hides():
    for hidden in ({"a": [1, (0.5,)]}, {0.5: 1}, evaluated(project_of({})).rules.model_construct(total=0.5)):
        with pytest.raises(AssertionError):
            all_exact(hidden)


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_no_float_in_any_published_project(path, trapped):
    outcome(check_file(path))


@pytest.mark.parametrize("case", CASES)
def test_no_float_in_any_worked_case(case, trapped):
    outcome(evaluate(project_of(case), rubric_of(case)))


@pytest.mark.parametrize("name", rubric_ids())
def test_no_float_in_any_rubric(name, trapped, tmp_path):
    copy = tmp_path / f"{name}.yaml"  # a file of its own is read anew, under the trap
    copy.write_bytes(rubric_path(name).read_bytes())
    rubric = load_rubric(str(copy))
    all_exact(rubric, *(rubric.at(year) for year in (rubric.since, 2023)))

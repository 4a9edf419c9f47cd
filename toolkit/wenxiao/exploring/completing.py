"""The paths of a project, offered on Tab where one is to be written: ``project.what_if({"bud<Tab>``.

IPython completes the keys of a mapping that is there; here the mapping is only being written, so what stands before
the cursor says of which project it will be. Nothing of the user's is called for that: names, parts of what is Wenxiao's,
and at most a params file that is named.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from IPython import get_ipython
from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher

from wenxiao.errors import InputError
from wenxiao.loading import load_project
from wenxiao.model import Project

_TAKERS: Final = {
    "what_if": (0, "overrides", 1),
    "load_project": (1, "overrides", 1),
    "scenarios": (1, "more", 2),
}
"""Name of a function → which argument holds paths, its keyword, and at which depth of mappings they stand."""
_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|(?P<open>[\"'])(?P<said>[^\"'\n]*)\Z|#[^\n]*|\s+|\w+|.",
    re.S,
)
_PARAMETER: Final = re.compile(r"^overrides\s*=\s*\Z", re.M)
"""What stands before the mapping in the cell of a template's parameters."""


def offer() -> None:
    """Let the shell that runs, if one does, offer paths on Tab; once for each shell."""
    completer = getattr(get_ipython(), "Completer", None)
    if completer is not None and offered not in completer.custom_matchers:
        completer.custom_matchers.append(offered)


@context_matcher()  # type: ignore[untyped-decorator]
def offered(context: CompletionContext) -> SimpleMatcherResult:
    """Give what the shell offers: the paths that begin with what is typed, else those it is part of."""
    before = "\n".join([*context.full_text.split("\n")[: context.cursor_line], context.text_until_cursor])
    said, paths = completions(before, get_ipython().user_ns)
    return {
        "completions": [SimpleCompletion(path, type="path") for path in paths], "matched_fragment": said,
        "ordered": True, "suppress": True,
    }  # fmt: skip


def completions(before: str, names: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Give what is typed of a path where the cursor stands, and the paths that may be meant, in the order of the form.

    Behind a bracket or comma, where no quote is open yet, the paths come in quotes.

    >>> import wenxiao as wx
    >>> project = wx.load("params/2021/xinhuang-video-conference.yaml")
    >>> completions('project.what_if({"budget.tot', {"project": project})
    ('budget.tot', ['budget.total.original', 'budget.total.adjusted', 'budget.total.outturn'])
    """
    written = _Written(before)
    with suppress(LookupError, AttributeError, TypeError, ValueError, SyntaxError, InputError):
        known = written.project(names).paths()
        if written.said is None:
            return "", [f'"{path}"' for path in known]
        found = [path for path in known if path.startswith(written.said)]
        return written.said, found or [path for path in known if written.said in path]
    return "", []


@dataclass
class _Open:
    """A bracket that is still open: its kind, its place, what parts its inside, and whether a part has begun."""

    kind: str
    at: int
    commas: list[int] = field(default_factory=list)
    parting: str = ""
    begun: bool = False


class _Written:
    """Python up to the cursor: which brackets are open there, and ``said``, what is typed of a text (None: no text)."""

    def __init__(self, text: str):
        self.text = text
        self.said: str | None = None
        self.open: list[_Open] = [_Open("", -1)]
        self._pairs: dict[int, int] = {}
        for token in _TOKEN.finditer(text):
            self._take(token)

    def _take(self, token: re.Match[str]) -> None:
        said, inside = token[0], self.open[-1]
        if token["open"]:
            self.said = token["said"]
        elif said in ("(", "[", "{"):
            inside.begun = True
            self.open.append(_Open(said, token.start(), parting=said))
        elif said in (")", "]", "}"):
            if len(self.open) > 1:
                self._pairs[token.start()] = self.open.pop().at
        elif said in (",", ":"):
            inside.parting, inside.begun = said, False
            if said == ",":
                inside.commas.append(token.start())
        elif not said.isspace() and not said.startswith("#"):
            inside.begun = True

    def project(self, names: Mapping[str, Any]) -> Project:
        """Give the project of whose facts a path is to be written.

        Raises:
            LookupError, AttributeError, TypeError, SyntaxError: no path is to be written, or it can't be seen of which project.
            InputError: the params file that is named can't be loaded.
        """
        mappings = list(takewhile(lambda one: one.kind == "{", reversed(self.open)))  # the inner one first
        inner, *outer = mappings or [self.open[0]]
        if (
            inner.kind != "{"
            or inner.begun
            or inner.parting == ":"
            or any(one.parting != ":" for one in outer)
        ):
            raise LookupError
        around, start = self.open[-1 - len(mappings)], mappings[-1].at
        if around.kind == "(":
            given = self._argument(around, start, len(mappings), names)
        elif len(mappings) == 1 and _PARAMETER.search(self.text[:start]):
            given = names["params_file"]
        else:
            raise LookupError
        return given if isinstance(given, Project) else load_project(_file(given))

    def _argument(self, call: _Open, start: int, depth: int, names: Mapping[str, Any]) -> Any:
        """Give the project, or its file, of a call whose mapping begins at a place."""
        function = _value(self._callee(call.at), names)
        place, keyword, wanted = _TAKERS[_ours(function)]
        *arguments, last = self._arguments(call, start)
        if depth != wanted or last not in ("" if len(arguments) == place else None, f"{keyword}="):
            raise LookupError
        return function.__self__ if place == 0 else _value(_expression(arguments[0]), names)

    def _callee(self, end: int) -> ast.expr:
        """Give what stands before a bracket that opens: names, dots, and brackets that are closed."""
        at = end
        while at and (
            at - 1 in self._pairs or self.text[at - 1].isidentifier() or self.text[at - 1] in ".0123456789"
        ):
            at = self._pairs.get(at - 1, at - 1)
        return _expression(self.text[at:end])

    def _arguments(self, call: _Open, end: int) -> Iterator[str]:
        """Give the arguments of a call up to a place, without spaces around them."""
        cuts = [call.at, *call.commas, end]
        for one, other in pairwise(cuts):
            yield re.sub(r"\s*=\s*\Z", "=", self.text[one + 1 : other].strip())


def _expression(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


def _ours(function: Any) -> str:
    """Give the name of a function of Wenxiao's; empty for any other."""
    return str(function.__name__) if str(function.__module__).startswith("wenxiao.") else ""


def _file(given: Any) -> str | Path:
    if isinstance(given, str | Path):
        return given
    raise TypeError


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Give what an expression means without calling anything of the user's."""
    match node:
        case ast.Name(id=name):
            return names[name]
        case ast.Constant(value=value):
            return value
        case ast.Attribute(value=of, attr=name):
            owner = _value(of, names)
            home = owner.__name__ if isinstance(owner, ModuleType) else type(owner).__module__
            if home.split(".")[0] == "wenxiao":
                return getattr(owner, name)
        case ast.Subscript(value=of, slice=ast.Constant(value=key)):
            owner = _value(of, names)
            if type(owner) in (list, tuple, dict):
                return owner[key]
        case ast.Call(func=function, args=arguments):
            called = _value(function, names)
            if _ours(called) == "what_if":
                return called.__self__  # with other facts; the paths are the same
            if _ours(called) == "load_project":
                return load_project(_file(_value(arguments[0], names)))
    raise LookupError

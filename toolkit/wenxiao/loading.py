"""A params file → a Project, or all its faults at once with file, line and column.

The file is composed to nodes by ruamel.yaml and read by us, scalar by scalar, as text: so ``0012``, ``on``, ``12:30``
and ``38.140`` arrive as written, numbers become ``Decimal`` from the first character, and every value has a place.
"""

import copy
import difflib
import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml.error import MarkedYAMLError

from wenxiao.composing import compose
from wenxiao.errors import InputError, Problem, reason, shown_path
from wenxiao.faults import FAULTS, fault
from wenxiao.model import Project
from wenxiao.nearby import not_found
from wenxiao.overriding import near
from wenxiao.visible import quoted, unwritable, without_unwritable
from wenxiao.words import CATEGORIES, LABELS, MISNAMED, Words, label

LARGEST: Final = 512 * 1024
MOST_NODES: Final = 20_000
DEEPEST: Final = 20
REDACTED: Final = "〔已隐去〕"

_GROUP: Final = Words("一组字段或清单", "a group or a list")
_MOST_TWICE: Final = 3
_MOST_NAMED: Final = 5
_LONGEST_NAME: Final = 40

Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
_EXAMPLES: Final = {
    "points": "15",
    "execution_rate": "98.74%",
    "score": "9.87",
    "total": "96",
    "year": "2021",
}


def shown_where(path: Path_) -> str:
    """Write a field's path as the contracts do.

    >>> shown_where(("indicators", 2, "points"))
    'indicators[2].points'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_where(text: str) -> Path_ | None:
    """Read a field's path; None when it is none.

    >>> read_where("indicators[2].points"), read_where("a..b")
    (('indicators', 2, 'points'), None)
    """
    if not re.fullmatch(r"\w+(\[\d+\])*(\.\w+(\[\d+\])*)*", text):
        return None
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"\w+", text))


class Sheet:
    """The text of a file as plain data (dict, list, str, None), with the place of each key and value."""

    def __init__(self, file: str, text: str):
        self.file = file
        self.text = text
        self.problems: list[Problem] = []
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.values: dict[Path_, tuple[int, int]] = {}
        self._count = 0
        self.broken = False  # so wrong as YAML that its fields mean nothing
        self.told: set[Path_] = set()  # where something was said that the model would say otherwise once more
        self.data: Any = None
        if (root := self._compose()) is not None:
            self.data = self._plain(root, (), ())

    def problem(
        self, code: str, path: Path_ = (), place: tuple[int, int] | None = None, **values: object
    ) -> None:
        """Note a fault at ``place``, or where the value (else the key, else the group) of ``path`` stands."""
        if place is None:
            place = self.place(path)
        wrong, instead = fault(code, **values)
        self.problems.append(Problem(self.file, *place, shown_where(path), wrong, instead))

    def place(self, path: Path_, key: bool = False) -> tuple[int, int]:
        """Give line and column of a value (or of its key); of the nearest group around it when it is absent."""
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        while True:
            if found := first.get(path) or second.get(path):
                return found
            if not path:
                return (0, 0)
            path = path[:-1]

    def _compose(self) -> Any:
        try:
            return compose(self.text)
        except RecursionError:
            self.problem("too_deep", place=_deepest(self.text))
        except MarkedYAMLError as error:
            self._syntax(error)
        except (ValueError, OverflowError):  # what the scanner says of an escape that is no character
            self.problem("yaml")
        except Exception as error:  # ruamel raises several unrelated classes, some outside its own tree
            if not type(error).__module__.startswith("ruamel"):
                raise
            if not self._tell_unwritable():
                self.problem("yaml")
        return None

    def _tell_unwritable(self) -> bool:
        """Tell of each line with a character that YAML does not allow, as a damaged or copied file has; whether there is one."""
        lines = [(n, line) for n, line in enumerate(self.text.split("\n"), 1) if unwritable(line)]
        for number, line in lines:
            found = unwritable(line)
            column = next(at for at, c in enumerate(line, 1) if unwritable(c))
            self.problem("unwritable", place=(number, column), given=found)
        return bool(lines)

    def _syntax(self, error: MarkedYAMLError) -> None:
        quoted = "quoted scalar" in str(error.context or "")
        mark = (error.context_mark if quoted else None) or error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        lines = self.text.splitlines()
        said = str(error.problem or "")
        near = [n for n in (place[0], place[0] - 1) if 0 < n <= len(lines)]
        code = "yaml"
        if "single document" in str(error.context or "") + said:
            code = "several_documents"
        elif "could not determine a constructor" in said or "tag" in said:
            code = "yaml"
        else:
            for n in near:
                if re.match(r"\s*\t", lines[n - 1]):
                    code, place = "tab", (n, 1)
                    break
                if found := re.match(r"\s*(?:- )?[A-Za-z_\u4e00-\u9fff]+(：)", lines[n - 1]):
                    code, place = "fullwidth_colon", (n, found.start(1) + 1)
                    break
            else:
                if "mapping values are not allowed" in said:
                    code = "indicator_in_value"
        self.problem(code, place=place)

    def _plain(self, node: Any, path: Path_, above: tuple[int, ...]) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.values.setdefault(path, place)
        self._count += 1
        if id(node) in above:
            self.broken = True
            self.problem("circular", path, place)
            return None
        if self._count > MOST_NODES or len(path) > DEEPEST:
            if not self.broken:
                self.broken = True
                code = "too_deep" if len(path) > DEEPEST else "too_many"
                self.problem(code, path, place, limit=MOST_NODES)
            return None
        tag = str(node.tag or "")
        if not tag.startswith("tag:yaml.org,2002:") or "python" in tag:
            self.broken = True
            self.problem("tag", path, place, given=tag.replace("tag:yaml.org,2002:", "!!"))
            return None
        if node.id == "scalar":
            if not node.style and node.value in ("", "~", "null", "Null", "NULL"):
                return None
            return self.writable(node.value, path, place)
        if node.id == "sequence":
            inside = (*above, id(node))
            return [self._plain(child, (*path, i), inside) for i, child in enumerate(node.value)]
        return self._mapping(node, path, (*above, id(node)))

    def _mapping(self, node: Any, path: Path_, above: tuple[int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        twice: list[tuple[str, tuple[int, int]]] = []
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key_node.id != "scalar":
                self.problem("key", path, place)
                continue
            key = self.writable(str(key_node.value), path, place)
            here = (*path, key)
            if key in found:
                twice.append((key, place))
                continue
            self.keys[here] = place
            found[key] = self._plain(value_node, here, above)
        self._tell_twice(path, twice)
        return found

    def _tell_twice(self, path: Path_, twice: Sequence[tuple[str, tuple[int, int]]]) -> None:
        """Tell of keys that stand twice: each, or in one line what was pasted twice."""
        names = list(dict.fromkeys(key for key, _ in twice))
        if len(names) > _MOST_TWICE:
            keys, line = "、".join(names[:_MOST_TWICE]), self.keys[(*path, names[0])][0]
            self.problem("doubled", path, twice[0][1], keys=keys, count=len(names), line=line)
            return
        for key, place in twice:
            here = (*path, key)
            self.problem("duplicate", here, place, key=key, line=self.keys[here][0])

    def writable(self, text: str, path: Path_, place: tuple[int, int]) -> str:
        """Give a text without what nothing that is made of it could hold, after saying so."""
        if not (found := unwritable(text)):
            return text
        self.told.add(path)
        self.problem("unwritable", path, place, given=found)
        return without_unwritable(text)


def _deepest(text: str) -> tuple[int, int]:
    """Give the place of the longest row of opening brackets, dashes or spaces: where a text is nested beyond measure."""
    rows = re.finditer(r"(?m)(?:[\[{] *)+|(?:- )+|^ +", text)
    longest = max(rows, key=lambda found: len(found[0]), default=None)
    before = text[: longest.start()] if longest else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def read_text(path: Path, empty: str = "no_content") -> str:
    """Read a small UTF-8 text file, or say in one line why not; ``empty`` is the fault of one that says nothing.

    Raises:
        InputError: missing, no file, too large, binary, or not UTF-8.
    """
    file = shown_path(path)

    def refuse(code: str, **values: object) -> InputError:
        return InputError([Problem(file, 0, 0, "", *fault(code, **values))])

    try:
        if path.is_fifo() and not path.as_posix().startswith(
            "/dev/"
        ):  # which would be waited for without end
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise InputError([Problem(file, 0, 0, "", *not_found(path))]) from None
    except OSError as error:
        raise refuse("unreadable", why=reason(error)) from None
    except ValueError:  # a name with a character that no name can have
        raise refuse("not_found") from None
    if len(content) > LARGEST:
        raise refuse("too_large", limit=LARGEST // 1024)
    if b"\0" in content or content[:4] in (b"PK\x03\x04", b"%PDF"):
        raise refuse("binary")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            content.decode("gbk")
        except UnicodeDecodeError:
            raise refuse("encoding") from None
        raise refuse("encoding_gbk") from None
    if not text.strip():
        raise refuse(empty)
    return text


def open_sheet(path: str | Path) -> Sheet:
    """Give the data of a params file with the place of each value, before anything is checked.

    Raises:
        InputError: the file can't be read, or is so wrong that its fields mean nothing.
    """
    path = Path(path)
    return sheet_of(shown_path(path), read_text(path))


def sheet_of(file: str, text: str) -> Sheet:
    """Give the same of a text that may stand in an editor only; ``file`` names it.

    Raises:
        InputError: the text is so wrong that its fields mean nothing.
    """
    sheet = Sheet(file, text)
    if not sheet.problems and not isinstance(sheet.data, dict):
        sheet.problem("not_a_mapping", place=(1, 1))
    if sheet.broken or not isinstance(sheet.data, dict):
        raise InputError(sheet.problems)
    return sheet


@dataclass(frozen=True, eq=False)
class Source:
    """Where a project was read: its file with all that stands there, and the folder of its evidence.

    It holds what the project does not: the words that ``redact`` hides, and the contact. So it stays in this process;
    and two projects that state the same are equal wherever they were read.
    """

    file: str
    text: str
    data: Mapping[str, Any]
    keys: Mapping[Path_, tuple[int, int]]
    values: Mapping[Path_, tuple[int, int]]
    folder: Path

    def sheet(self, data: Any) -> Sheet:
        """Give the file with other data and nothing noted."""
        sheet = Sheet(self.file, "")
        sheet.text, sheet.keys, sheet.values, sheet.data = self.text, {**self.keys}, {**self.values}, data
        return sheet

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Source)

    def __hash__(self) -> int:
        return hash(Source)

    def __deepcopy__(self, memo: object) -> "Source":
        return self

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


def source_of(project: Project) -> Source | None:
    """Give where a project was read; None where it was made in Python."""
    source: Source | None = project._source
    return source


def sheet_for(project: Project) -> Sheet:
    """Give a sheet on which faults of a project are noted: with the places of its file, where it was read from one."""
    source = source_of(project)
    return source.sheet(None) if source else Sheet(project.name, "")


def project_of(
    sheet: Sheet,
    folder: Path,
    overrides: Mapping[str, object] | None = None,
    hashes: Mapping[str, str] | None = None,
) -> Project:
    """Give the project of an opened sheet; ``folder`` is where its evidence stands.

    ``hashes`` are those of evidence files already read.

    Raises:
        InputError: with every fault of the file.
    """
    data = copy.deepcopy(sheet.data) if overrides else sheet.data
    for where, value in (overrides or {}).items():
        _override(sheet, data, where, value)
    project = validated(sheet, data, Project)
    if project is not None:
        project = _hash_evidence(sheet, _placed_rubric(project, folder), folder, hashes or {})
        _refuse_redacted_name(sheet, project)
    if sheet.problems or project is None:
        raise InputError(sheet.problems)
    said = {where: "未写明" if value is None else str(value) for where, value in (overrides or {}).items()}
    if project.redact:
        words = hidden_words(project.redact)
        project = Project.model_validate(_redacted(facts(project), words))
        said = _redacted(said, words)
    project._overrides = tuple(said.items())
    project._source = Source(sheet.file, sheet.text, sheet.data, sheet.keys, sheet.values, folder)
    return project


def load_project(path: str | Path, overrides: Mapping[str, object] | None = None) -> Project:
    """Load a params file: its facts, amounts in the file's unit and points in 分 as exact ``Decimal``.

    ``overrides`` replaces facts for a what-if run: field path → value, e.g. ``{"budget.total.outturn": "30"}``; the
    project remembers them, and a report made with them says so. Words listed under ``redact`` are replaced by
    〔已隐去〕 in every text before anything else sees them. Evidence files are hashed.

    Raises:
        InputError: with every fault of the file.

    >>> import wenxiao as wx
    >>> project = wx.load("params/2021/xinhuang-video-conference.yaml", {"budget.total.outturn": "30"})
    >>> project.unit, project.budget.total.outturn, project.overrides
    ('新晃应急管理局', Decimal('30'), (('budget.total.outturn', '30'),))
    """
    return project_of(open_sheet(path), Path(path).parent, overrides)


def facts(project: Project) -> dict[str, Any]:
    """Give the facts that may leave the machine as plain data: all that is stated, without contact and redact."""
    return project.model_dump(by_alias=True, exclude_unset=True, exclude={"contact", "redact"})


def validated(sheet: Sheet, data: dict[str, Any], model: type[M]) -> M | None:
    """Give the facts of a sheet as a model, or None after noting every fault in the sheet, in the user's words."""
    unknown: dict[Path_, list[str]] = {}
    if model is Project and _is_of_another_kind(sheet, data):
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = tuple(one["loc"])
            if one["type"] == "extra_forbidden":
                unknown.setdefault(path[:-1], []).append(str(path[-1]))
            elif path not in sheet.told:
                _explain(sheet, data, model, dict(one))
    for path, keys in unknown.items():
        _unknown(sheet, path, keys, model)
    return None


def _is_of_another_kind(sheet: Sheet, data: Mapping[str, Any]) -> bool:
    """Note in one fault that a file is a rubric, or nothing of ours at all, and tell whether it is."""
    schema = data.get("schema")
    if isinstance(schema, str) and schema.startswith("wenxiao/rubric/"):
        sheet.problem("rubric_as_params", ("schema",), given=schema)
        return True
    if data.keys() & {"schema", "project", "budget", "indicators", "项目", "项目资金", "绩效指标"}:
        return False
    sheet.problem("no_project", place=(1, 1))
    return True


def value_at(data: Any, path: Path_) -> Any:
    """Give what stands at a path of plain data; None where nothing does."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _model_at(path: Path_, root: type[BaseModel]) -> type[BaseModel] | None:
    """Give the model that describes the group at ``path``."""
    model = root
    for part in path:
        if isinstance(part, int):
            continue
        field = next((f for name, f in model.model_fields.items() if part in (name, f.alias)), None)
        if field is None:
            return None
        found = next((c for c in _classes(field.annotation) if issubclass(c, BaseModel)), None)
        if found is None:
            return None
        model = found
    return model


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _classes(argument)


def _fields(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _explain(sheet: Sheet, data: dict[str, Any], root: type[BaseModel], error: dict[str, Any]) -> None:
    """Turn one fault of pydantic into a Problem in the user's words."""
    path: Path_ = tuple(p for p in error["loc"] if not (isinstance(p, str) and p.startswith("function-")))
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    kind, context = error["type"], dict(error.get("ctx") or {})
    given = value_at(data, path)
    shown = str(given) if isinstance(given, str | int) else "…"
    values: dict[str, Any] = {
        "key": key, "label": label(key), "given": _GROUP if shown == "…" else shown, "example": _EXAMPLES.get(key, "38.14"),
    }  # fmt: skip
    values.update(context)
    if at := values.pop("at", None):
        path = (*path, *(int(part) if part.isdigit() else part for part in at.split(".")))
    model = _model_at(path, root)
    if kind == "missing":
        sheet.problem("missing", path[:-1], sheet.place(path[:-1], key=bool(path[:-1])), **values)
        return
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        if given is None:
            sheet.problem("empty", path, **values)
        else:
            names = "、".join(_fields(model)) if model else ""
            sheet.problem("mapping", path, **{**values, "fields": names})
        return
    if given is None and kind != "missing" and path in sheet.keys:
        sheet.problem("empty", path, **values)
        return
    if kind in ("tuple_type", "list_type"):
        kind = "list"
    elif kind == "literal_error":
        kind = "schema" if path == ("schema",) else "choice"
        values["schema"] = "wenxiao/1" if root is Project else "wenxiao/rubric/1"
        values["choices"] = (
            str(context.get("expected", "")).replace("'", "").replace(" or ", "、").replace(", ", "、")
        )
    elif kind == "string_pattern_mismatch":
        kind = "pattern"
    elif kind == "string_type":
        kind = "text"
    if kind in ("number", "negative", "year", "choice") and isinstance(given, dict | list):
        kind = "text"
    if kind == "date":
        values["better"] = _better_date(shown)
    if kind == "number" and (better := _better_number(shown)):
        values["example"] = better
    sheet.problem(kind if kind in FAULTS else "text", path, **values)


def _unknown(sheet: Sheet, above: Path_, keys: Sequence[str], root: type[BaseModel]) -> None:
    """Tell of fields that there are none of in the group ``above``: what each was meant for, the others together."""
    model = _model_at(above, root)
    fields = _fields(model) if model else []
    by_label = {label_: k for k, label_ in LABELS.items()}
    by_label |= {text: k for k, text in CATEGORIES.items()}
    others = []
    for key in keys:
        better = next((k for k in (MISNAMED.get(key), by_label.get(key)) if k in fields), None)
        if better is None:
            better = next(iter(difflib.get_close_matches(key[:_LONGEST_NAME], fields, 1, 0.75)), None)
        if better:
            path = (*above, key)
            place = sheet.place(path, key=True)
            sheet.problem("misnamed", path, place, key=key, better=better, label=label(better))
        else:
            others.append(key)
    if not others:
        return
    path, listed = (*above, others[0]), "、".join(fields)
    place = sheet.place(path, key=True)
    if len(others) == 1:
        sheet.problem("unknown", path, place, key=others[0], fields=listed)
        return
    shown = "、".join(quoted(key, _LONGEST_NAME) for key in others[:_MOST_NAMED])
    more = "……" if len(others) > _MOST_NAMED else ""
    sheet.problem("unknown_several", path, place, keys=shown + more, count=len(others), key="", fields=listed)


def _better_number(given: str) -> str:
    """Give the number that was probably meant, where taking away decoration leaves one."""
    clean = given.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))
    clean = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", clean)
    clean = re.sub(r"(分|万元|亿元|元|%|％|人民币|约|￥|¥|\s)", "", clean)
    return clean if re.fullmatch(r"-?\d+(\.\d+)?", clean) else ""


def _better_date(given: str) -> str:
    found = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", given.strip())
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else "2021-12-31"


def _override(sheet: Sheet, data: dict[str, Any], where: str, value: object) -> None:
    path = read_where(where)
    parent = value_at(data, path[:-1]) if path else None
    last = path[-1] if path else ""
    if path and isinstance(value, str):
        value = sheet.writable(value, path, sheet.place(path))
    if isinstance(parent, dict) and isinstance(last, str):
        parent[last] = None if value is None else str(value)
    elif isinstance(parent, list) and isinstance(last, int) and last < len(parent):
        parent[last] = str(value)
    else:
        better = near(where, sheet.data)
        code = "no_such_path_near" if better else "no_such_path"
        wrong, instead = fault(code, given=where, better="、".join(better), better_en=", ".join(better))
        sheet.problems.append(Problem(sheet.file, 0, 0, where, wrong, instead))


def _placed_rubric(project: Project, folder: Path) -> Project:
    """A bureau's own rubric is named relative to the params file, as evidence is."""
    if not project.rubric.endswith((".yaml", ".yml")):
        return project
    return project.model_copy(update={"rubric": (folder / project.rubric).as_posix()})


def _hash_evidence(sheet: Sheet, project: Project, folder: Path, known: Mapping[str, str]) -> Project:
    """Fill in the SHA-256 of each evidence file; a hash without its file stands as it is (a published copy)."""
    indicators = []
    for i, indicator in enumerate(project.indicators):
        evidence = []
        for j, item in enumerate(indicator.evidence):
            where: Path_ = ("indicators", i, "evidence", j, "file")
            digest = known.get(item.file or "")
            if digest is not None and item.sha256 in (None, digest):
                item = item.model_copy(update={"sha256": digest})
            elif item.file is not None:
                try:
                    with _evidence(folder / item.file).open("rb") as stream:
                        digest = hashlib.file_digest(stream, "sha256").hexdigest()
                except OSError:
                    digest = item.sha256 or ""
                    if not digest:
                        sheet.problem("evidence_missing", where, given=item.file, folder=shown_path(folder))
                if item.sha256 is not None and digest != item.sha256:
                    sheet.problem("evidence_changed", where, given=item.file)
                item = item.model_copy(update={"sha256": digest or None})
            evidence.append(item)
        indicators.append(
            indicator.model_copy(update={"evidence": tuple(evidence)}) if evidence else indicator
        )
    return project.model_copy(update={"indicators": tuple(indicators)})


def _evidence(path: Path) -> Path:
    """Give a path that is to be hashed: what is no ordinary file (a pipe, a device) may never end."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


_NOT_TEXT: Final = {
    "schema",
    "rubric",
    "category",
    "subcategory",
    "level",
    "method",
    "amount_unit",
    "code",
    "where",
}


# Short names are padded (张　三), and marks of Markdown may stand inside a word.
_INSIDE: Final = r"[\s*_`~\u200b]{0,3}"


def hidden_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Give the words to hide as one pattern, the longest first, so that none is left half hidden."""
    spelled = (
        _INSIDE.join(re.escape(c) for c in "".join(word.split()))
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile("|".join(spelled))


def _redacted(data: Any, words: re.Pattern[str], key: str = "") -> Any:
    if isinstance(data, dict):
        return {k: _redacted(v, words, k) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [_redacted(v, words, key) for v in data]
    if isinstance(data, str) and key not in _NOT_TEXT:
        return words.sub(REDACTED, data)
    return data


def _refuse_redacted_name(sheet: Sheet, project: Project) -> None:
    """A file's name becomes the report's address: no word may be hidden everywhere else and stand there."""
    stem = Path(sheet.file).stem
    for i, word in enumerate(project.redact):
        if hidden_words((word,)).search(stem):
            sheet.problem("redacted_name", ("redact", i), given=word, file=Path(sheet.file).name)


__all__ = [
    "LARGEST",
    "Sheet",
    "Source",
    "Words",
    "facts",
    "hidden_words",
    "load_project",
    "open_sheet",
    "project_of",
    "read_text",
    "read_where",
    "sheet_for",
    "sheet_of",
    "shown_where",
    "source_of",
    "validated",
]

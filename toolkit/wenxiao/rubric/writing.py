"""A rubric beyond its file: its fingerprint, and its text as one file that stands anywhere."""

import hashlib
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from wenxiao.rubric.files import base_of, files_of, rubric_path, stated_base
from wenxiao.rubric.loading import load_rubric, opened
from wenxiao.rubric.model import DATED, Rubric

_UNDATED: Final = ("schema_", "id", "name", "kind", "scored", "references")


def rubric_hash(name: str | Path) -> str:
    """Give the SHA-256 of a rubric's file; where it is based on another, of the file followed by the other's hash."""
    content = rubric_path(name).read_bytes()
    stated = load_rubric(name).based_on
    below = rubric_hash(base_of(name, stated)).encode() if stated else b""
    return hashlib.sha256(content + below).hexdigest()


def rubric_text(name: str | Path) -> str:
    """Give a rubric as one file that stands anywhere: its own text, or, where it is based on other files of the bureau,
    all that they state together, based on the shipped rubric below them.
    """
    files = files_of(name)
    own = [file for file in files if file.own]
    if len(own) < 2:
        return files[0].text
    rubric = load_rubric(name)
    stated = [key for key in DATED if any(key in opened(file).data for file in own)]
    data = rubric.model_dump(by_alias=True, exclude_none=True, include={*_UNDATED, *stated})
    data["references"] = {key: data["references"][key] for key in _cited(rubric, stated)}
    below = stated_base(own[-1])
    rest = {"based_on": below} if below else {}
    return _yaml({**data, **rest})


def _yaml(data: dict[str, Any]) -> str:
    """Write plain data as YAML, numbers as they are; the same data give the same bytes."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 10_000
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.representer.add_representer(
        Decimal, lambda r, v: r.represent_scalar("tag:yaml.org,2002:float", format(v, "f"))
    )
    yaml.representer.add_representer(tuple, lambda r, v: r.represent_list(list(v)))
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _cited(rubric: Rubric, names: Iterable[str]) -> tuple[str, ...]:
    """Give the keys of the references behind the named values, and of the form that prints no points."""
    keys = [dated.reference for name in names for dated in getattr(rubric, name)]
    return tuple(dict.fromkeys([*keys, *(["form"] if rubric.without_points else [])]))

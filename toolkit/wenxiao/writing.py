"""Facts → text: the params file as published, and its JSON Schema. The same facts give the same bytes."""

import io
import json
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML

from wenxiao.loading import facts
from wenxiao.model import Project


def facts_text(project: Project) -> str:
    """Give the facts as used, as a params file without contact and redact: loading it gives the same project."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 10_000
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.representer.add_representer(
        Decimal, lambda r, v: r.represent_scalar("tag:yaml.org,2002:float", format(v, "f"))
    )
    yaml.representer.add_representer(tuple, lambda r, v: r.represent_list(list(v)))
    stream = io.StringIO()
    yaml.dump(facts(project), stream)
    return stream.getvalue()


def schema_text() -> str:
    """Give params/schema.json: the JSON Schema of params files, for editors."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= Project.model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=1, default=str) + "\n"

"""Facts → text: the params file as published, and its JSON Schema. The same facts give the same bytes."""

import json
from typing import Any

from wenxiao.composing import written
from wenxiao.loading import facts
from wenxiao.model import Project


def facts_text(project: Project) -> str:
    """Give the facts as used, as a params file without contact and redact: loading it gives the same project."""
    return written(facts(project))


def schema_text() -> str:
    """Give params/schema.json: the JSON Schema of params files, for editors."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= Project.model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=1, default=str) + "\n"

"""Report folders as ``wenxiao run`` makes them, in this process: without the second that a kernel takes to start."""

import ast
import hashlib
import json
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat.v4 as v4
from ruamel.yaml import YAML

from wenxiao.running.notebook import clean
from wenxiao.running.places import template_path
from wenxiao.running.project import Job, run_project

SANCTIONED = {
    "classification": "public", "reviewed_by": "局办公室", "reviewed_on": "2022-05-01",
    "approved_by": "局长办公会", "approved_on": "2022-05-06",
}  # fmt: skip
"""A disclosure review that the gate lets pass."""
FACTS: dict[str, Any] = {
    "schema": "wenxiao/1",
    "project": {"name": "灌区渠道维修", "year": 2021, "unit": "某县水利局", "department": "某县水利局"},
    "budget": {"amount_unit": "万元", "total": {"original": "100", "adjusted": "100", "outturn": "100"}},
    "objectives": [{"planned": "维修渠道8公里", "actual": "维修渠道8公里"}],
    "indicators": [
        {"category": "output", "name": "维修渠道长度", "target": "≥8公里", "actual": "8公里", "points": "50"},
        {
            "category": "outcome",
            "name": "新增灌溉面积",
            "target": "≥100亩",
            "actual": "120亩",
            "points": "30",
        },
        {"category": "satisfaction", "name": "群众满意度", "target": "≥90%", "actual": "95%", "points": "10"},
    ],
    "narrative": {"overview": "项目维修渠道8公里。", "problems": "验收偏晚。"},
    "signed": {"unit": "某县水利局", "date": "2022-04-20"},
    "disclosure": SANCTIONED,
}
"""A report that the gate lets pass."""


def params_file(
    folder: Path, facts: dict[str, Any] | None = None, stem: str = "canal", **changes: Any
) -> Path:
    """Write a params file; ``changes`` replace top-level fields."""
    path = folder / f"{stem}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump((facts or FACTS) | changes, stream)
    return path


def made(params: Path, out: Path, *formats: str) -> Path:
    """Make a report of a params file and give its folder; as HTML and PDF where no formats are named."""
    return run_with(params, out, formats or ("html", "pdf"))


def run_with(params: Path, out: Path, formats: tuple[str, ...], **more: Any) -> Path:
    """Make a report of a params file in these formats; ``more`` are fields of the job."""
    job = Job(str(params), str(out), str(template_path()), formats, **more)
    with mock.patch("wenxiao.running.project.execute", _executed):
        outcome = run_project(job)
    assert outcome.folder, outcome.error
    return Path(outcome.folder)


def sealed(folder: Path) -> Path:
    """Have provenance.json say of every file what is there now: as if the run had written it so."""
    path = folder / "provenance.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    about["files"] = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p != path
    }
    about["inputs"]["params"] = about["files"]["params.yaml"]
    path.write_text(json.dumps(about), encoding="utf-8")
    return folder


def _executed(template: Path, folder: Path, timeout: float) -> Any:
    """Run the template's cells here, one after the other, as a kernel would."""
    import nbformat

    nb = nbformat.read(template, as_version=4)
    given = v4.new_code_cell('# Parameters\nparams_file = "params.yaml"\n')
    given.metadata["tags"] = ["injected-parameters"]
    at = next(i for i, cell in enumerate(nb.cells) if "parameters" in cell.metadata.get("tags", ()))
    nb.cells.insert(at + 1, given)
    names: dict[str, Any] = {}
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        if cell is given:
            names["params_file"] = str(folder / "params.yaml")
            continue
        body = ast.parse(cell.source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
        if shown is not None:
            data, metadata = shown._repr_mimebundle_()
            cell.outputs = [v4.new_output("execute_result", data, metadata=metadata)]
    return clean(nb)

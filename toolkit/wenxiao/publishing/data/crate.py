"""RO-Crate metadata: of each report what was made from what (Process Run Crate 0.5), of the site what it holds.

Each report's folder is a crate of its own and the site's crate refers to them, so that one more report changes two
files. No time of a run stands in it: a report is dated by its publication.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from wenxiao.publishing.published import DOWNLOADS, File, Published, Site
from wenxiao.publishing.settings import Settings

CRATE: Final = "ro-crate-metadata.json"
PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_VERSION: Final = "1.1"
"""The RO-Crate version that the profile builds on."""
_DATA: Final = {
    "projects.csv": "项目表：每行一个项目", "scores.csv": "指标得分表：每行一项指标", "datapackage.json": "两张表的说明（Data Package）",
}  # fmt: skip
_INPUTS: Final = ("params.yaml", "rubric.yaml")
_FORMATS: Final = {
    "html": "text/html", "pdf": "application/pdf", "json": "application/json", "yaml": "application/yaml", "csv": "text/csv",
    "ipynb": "application/x-ipynb+json", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xml": "application/xml",
}  # fmt: skip


def report_crate(report: Published, settings: Settings) -> str:
    """Give the text of a report folder's ro-crate-metadata.json."""
    record, about = report.record, report.record["project"]
    crate = _crate(settings, f"{about['name']}（{report.year} 年度）", report.last.isoformat())
    crate.root_dataset["description"] = (
        f"{about['unit']} 的项目支出绩效自评报告，评分规则 {record['rubric']}。报告由问效按项目数据文件生成，可以重算核对。"
    )
    crate.root_dataset["identifier"] = report.index
    crate.root_dataset["conformsTo"] = {"@id": PROFILE}
    _add(crate, PROFILE, "CreativeWork", name="Process Run Crate", version="0.5")
    unit = _add(crate, "#unit", "Organization", name=about["unit"])
    crate.root_dataset["author"] = unit
    files = {name: _file(crate, name, DOWNLOADS[name], file) for name, file in report.files.items()}
    inputs: Mapping[str, Any] = report.manifest["inputs"]
    versions: Mapping[str, str] = inputs["versions"]
    made_with = [
        _add(crate, f"#{name}", "SoftwareApplication", name=name, softwareVersion=number)
        for name, number in versions.items()
        if name != "wenxiao"
    ]
    tool = _add(
        crate, "#wenxiao", "SoftwareApplication", name="Wenxiao 问效", softwareVersion=versions["wenxiao"],
        softwareRequirements=made_with, description=f"SHA-256 of its code: {inputs['code']}; of the template: {inputs['template']}",
    )  # fmt: skip
    action = _add(
        crate, "#run", "CreateAction", name="由项目数据文件计算并生成报告", instrument=tool, agent=unit,
        object=[files[name] for name in _INPUTS if name in files], result=[file for name, file in files.items() if name not in _INPUTS],
        actionStatus={"@id": "http://schema.org/CompletedActionStatus"},
    )  # fmt: skip
    crate.root_dataset["mentions"] = [action]
    return _text(crate)


def site_crate(site: Site, files: Mapping[str, File]) -> str:
    """Give the text of the site's ro-crate-metadata.json; ``files`` are those of ``data/``, by name."""
    from rocrate.model import Dataset

    settings = site.settings
    crate = _crate(settings, settings.title, site.updated.isoformat())
    crate.root_dataset["description"] = (
        settings.about or "项目支出绩效自评报告的公开网站：报告、数据和核对方法。"
    )
    if settings.base_url:
        crate.root_dataset["url"] = settings.base_url
    profile = f"https://w3id.org/ro/crate/{_VERSION}"
    for name, file in files.items():
        _file(crate, f"data/{name}", _DATA[name], file)
    for row in site.rows:
        one = crate.add(
            Dataset(crate, None, row.place, properties={"name": row.name, "identifier": row.index})
        )
        one["conformsTo"] = {"@id": profile}
        one["subjectOf"] = {"@id": f"{one.id}{CRATE}"}
        one["datePublished"] = row.first.isoformat()
    return _text(crate)


def _crate(settings: Settings, name: str, day: str) -> Any:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version=_VERSION)
    root = crate.root_dataset
    root["name"], root["datePublished"], root["inLanguage"] = name, day, "zh-CN"
    if settings.publisher:
        root["publisher"] = _add(crate, "#publisher", "Organization", name=settings.publisher)
    root["license"] = _licence(crate, settings.licence)
    return crate


def _licence(crate: Any, licence: str | None) -> Any:
    """RO-Crate demands one: where the publisher states none, the crate says so."""
    if licence is None:
        return _add(
            crate,
            "#licence",
            "CreativeWork",
            name="未注明使用许可",
            description="发布机构没有写明数据的使用许可。",
        )
    address = (
        licence
        if "://" in licence
        else f"https://spdx.org/licenses/{licence}"
        if licence.isascii()
        else "#licence"
    )
    return _add(crate, address, "CreativeWork", name=licence)


def _add(crate: Any, identifier: str, kind: str, **properties: Any) -> Any:
    from rocrate.model import ContextEntity

    return crate.add(ContextEntity(crate, identifier, {"@type": kind, **properties}))


def _file(crate: Any, path: str, about: str, file: File) -> Any:
    from rocrate.model import File as CrateFile

    properties = {
        "name": about, "encodingFormat": _FORMATS[path.rpartition(".")[2]], "contentSize": str(file.size), "sha256": file.sha256,
    }  # fmt: skip
    return crate.add(CrateFile(crate, None, path, properties=properties))


def _text(crate: Any) -> str:
    return json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

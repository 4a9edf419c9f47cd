"""``data/datapackage.json``: what the tables are and what every column says (Data Package, tabular profile)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wenxiao.portfolio.schema import Column, Type
from wenxiao.publishing.data.columns import PROJECTS, title_of
from wenxiao.publishing.data.tables import TABLES
from wenxiao.publishing.published import File, Site

_TYPES: Final[dict[Type, str]] = {
    "text": "string", "whole": "integer", "date": "date", "amount": "number", "points": "number", "number": "number",
}  # fmt: skip
_ABOUT: Final = {
    "projects.csv": ("项目", "每行一个项目：预算、执行、总分、等级、问题、公开日期", ["year", "stem"]),
    "scores.csv": (
        "指标得分",
        "每行一项指标：指标值、完成值、分值、得分、计算过程",
        ["year", "stem", "position"],
    ),
}
_NOTE: Final = (
    "UTF-8（带 BOM）、RFC 4180。空单元格表示没有填报或无法计算，不是 0。金额一律为元，精确到分；分数和比率为精确小数。"
    "以单引号 ' 开头的文字，原文不含这个引号：它使表格软件不把文字当成公式。"
)


def datapackage(site: Site, files: Mapping[str, File]) -> str:
    """Give the text of datapackage.json; ``files`` holds size and hash of each table, by its name in ``data/``."""
    settings = site.settings
    about: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "wenxiao-performance-self-evaluation",
        "title": settings.title,
        "description": f"项目支出绩效自评的公开数据。{_NOTE}",
        "version": site.updated.isoformat(),
        "keywords": ["绩效自评", "预算绩效管理", "项目支出"],
    }
    if settings.base_url:
        about["homepage"] = settings.base_url
    if settings.publisher:
        about["contributors"] = [{"title": settings.publisher, "role": "publisher"}]
    if settings.licence:
        kind = "path" if "://" in settings.licence else "name"
        about["licenses"] = [{kind: settings.licence}]
    about["resources"] = [_resource(name, columns, files[name]) for name, columns in TABLES.items()]
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def _resource(name: str, columns: Sequence[Column], file: File) -> dict[str, Any]:
    title, description, key = _ABOUT[name]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": key,
    }
    if columns is not PROJECTS:
        there = {"resource": "projects", "fields": ["year", "stem"]}
        schema["foreignKeys"] = [{"fields": ["year", "stem"], "reference": there}]
    return {
        "profile": "tabular-data-resource", "name": name.removesuffix(".csv"), "path": name, "title": title, "description": description,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": file.size, "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True}, "schema": schema,
    }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    said = f"{column.about}; empty: {column.null}" if column.null else column.about
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": title_of(column),
        "description": said,
    }
    if not column.null:
        field["constraints"] = {"required": True}
    return field

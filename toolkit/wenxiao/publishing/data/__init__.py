"""Open data of a site: ``data/projects.csv`` and ``data/scores.csv``, what describes them, and RO-Crate metadata."""

from wenxiao.publishing.data.columns import PROJECTS, SCORES
from wenxiao.publishing.data.crate import CRATE, report_crate, site_crate
from wenxiao.publishing.data.package import datapackage
from wenxiao.publishing.data.tables import TABLES, project_cells, score_cells, write_tables

__all__ = [
    "CRATE", "PROJECTS", "SCORES", "TABLES", "datapackage", "project_cells", "report_crate", "score_cells", "site_crate", "write_tables",
]  # fmt: skip

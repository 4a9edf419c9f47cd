"""The command ``wenxiao``: thin; messages follow the locale, reports are Chinese."""

from wenxiao.cli import check, form, import_, portfolio, publish, rules, run, sample, verify, workspace
from wenxiao.cli.app import app


def main() -> None:
    """Entry point of the command."""
    app()


__all__ = [
    "app",
    "check",
    "form",
    "import_",
    "main",
    "portfolio",
    "publish",
    "rules",
    "run",
    "sample",
    "verify",
    "workspace",
]

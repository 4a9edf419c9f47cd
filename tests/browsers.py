"""Headless Chromium for the tests that look at pages."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]


@contextlib.contextmanager
def chromium(home: Path, fonts: Path) -> Iterator[Any]:
    """Give a browser that finds only the fonts of one folder; ``home`` is empty and its own."""
    from playwright.sync_api import sync_playwright

    config = home / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{home}/cache</cachedir></fontconfig>", encoding="utf-8"
    )
    environment: dict[str, str | float | bool] = {"FONTCONFIG_FILE": str(config), "HOME": str(home)}
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS, env=environment)
        try:
            yield started
        finally:
            started.close()

"""``data/site.json``: what the publisher said of the site, and the code that made its pages.

With it, and with the reports and the log, every page can be made again from the site alone.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Final

from pydantic import ValidationError

from wenxiao.publishing.settings import Settings
from wenxiao.running.places import PACKAGE
from wenxiao.running.project import code_hash

ABOUT: Final = "data/site.json"
SCHEMA: Final = "wenxiao/site/1"
ASSETS: Final = PACKAGE / "publishing" / "pages" / "assets"


@dataclass(frozen=True)
class About:
    """The settings of a site, and the SHA-256 of the code that made its pages."""

    settings: Settings
    code: str


@cache
def site_code() -> str:
    """Give one SHA-256 over all that makes the pages: the package's code, and the assets that are no code of Python."""
    digest = hashlib.sha256(code_hash().encode())
    for path in sorted(path for path in ASSETS.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(ASSETS).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def about_text(settings: Settings) -> str:
    """Give the text of data/site.json: UTF-8, two spaces, one final newline."""
    stated = settings.model_dump(exclude_none=True)
    about = {"schema": SCHEMA, "wenxiao": version("wenxiao"), "code": site_code(), "settings": stated}
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"


def read_about(content: bytes) -> About:
    """Read data/site.json.

    Raises:
        ValueError: it is none.
    """
    try:
        about = json.loads(content)
        if about["schema"] != SCHEMA:
            raise ValueError(about["schema"])
        return About(Settings.model_validate(about["settings"]), str(about["code"]))
    except (KeyError, TypeError, RecursionError, ValidationError) as error:
        raise ValueError("no site.json") from error

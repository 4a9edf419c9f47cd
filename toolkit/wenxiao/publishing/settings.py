"""What the publisher says about its site (``site.yaml``): all optional, so that no file is needed."""

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from wenxiao.errors import InputError
from wenxiao.loading import open_sheet, validated
from wenxiao.model import Facts, Text

_ADDRESS: Final = "https://www.example.gov.cn/jixiao/"


def site_address(text: str) -> str:
    """Give an address as the base of others: absolute, without query, with a final slash.

    >>> site_address("https://www.example.gov.cn/jixiao")
    'https://www.example.gov.cn/jixiao/'

    Raises:
        PydanticCustomError: it is no such address; the fault ``pattern`` says what one looks like.
    """
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        usable = False
    if not usable or parts.username or text != "".join(text.split()):
        raise PydanticCustomError("pattern", "pattern", {"given": text, "pattern": _ADDRESS})
    return text.rstrip("/") + "/"


Address = Annotated[Text, AfterValidator(site_address)]


class Settings(Facts):
    """What stands on every page, and in the site's data; None is left out, never made up."""

    title: Text = Field("项目支出绩效自评公开", description="网站名称")
    publisher: Text | None = Field(None, description="发布机构；不写则为各报告的主管部门或实施单位")
    index_prefix: Text | None = Field(None, description="索引号的前一段，通常是机构代码，如 000014349")
    category: Text = Field("财政、金融、审计／财政", description="主题分类")
    base_url: Address | None = Field(None, description=f"网站的地址，如 {_ADDRESS}")
    licence: Text | None = Field(None, description="数据的使用许可，如 CC-BY-4.0")
    contact: Text | None = Field(None, description="读者有疑问时怎样联系发布机构，印在每一页")
    about: Text | None = Field(None, description="首页上的一段说明")

    def index(self, year: int, report: int) -> str:
        """Give the 索引号 of a report: prefix, year, and the number, from 1, of the line of the log that published it.

        >>> Settings(index_prefix="000014349").index(2021, 12)
        '000014349/2021-00013'
        """
        number = f"{year}-{report + 1:05}"
        return f"{self.index_prefix}/{number}" if self.index_prefix else number


def load_settings(path: Path | None) -> Settings:
    """Give the settings of a file, or the defaults.

    Raises:
        InputError: with every fault of the file, each with its line.
    """
    if path is None:
        return Settings()
    sheet = open_sheet(path)
    settings = validated(sheet, sheet.data, Settings)
    if settings is None:
        raise InputError(sheet.problems)
    return settings

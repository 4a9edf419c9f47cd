"""Executed notebook → page and PDF: nbconvert exporters over one document tree."""

from wenxiao.errors import WenxiaoError


class RenderingError(WenxiaoError):
    """A document can't be set; says what and where."""

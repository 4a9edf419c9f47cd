"""Web archives (mht): browsers and Word save a page in the format of a mail."""

from email import message_from_bytes, policy

from wenxiao.importing.grid import Grid
from wenxiao.importing.limits import refusal
from wenxiao.importing.readers.charset import text_of
from wenxiao.importing.readers.html import read_html
from wenxiao.words import Words


def read_mail(file: str, data: bytes) -> Grid:
    """Read the first web page of a web archive.

    Raises:
        InputError: there is none in it.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes) and page:
            return read_html(file, text_of(file, page)[0])
    raise refusal(
        file,
        Words("网页归档里没有网页。", "There is no page in the web archive."),
        Words("请在浏览器中另存为网页（仅 HTML）后再导入。", "Save the page as HTML and import that."),
    )

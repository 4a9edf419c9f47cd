"""Any document → a grid: paragraphs and tables of cells, each with its place. :func:`read` looks at what a file is, not at its name.

sniffing   what a file is
docx, xlsx, html, text, csv   read here
mail       web archives (mht)
pdf        by pdfplumber, where it is installed
legacy     doc, wps, et, xls, rtf, odt: by LibreOffice, where it is installed
building, places, charset     what the readers share
"""

from dataclasses import replace
from pathlib import Path

from wenxiao.importing.grid import Grid
from wenxiao.importing.limits import bytes_of, refusal
from wenxiao.importing.package import Package
from wenxiao.importing.readers.sniffing import OLD, kind_of, kind_of_package
from wenxiao.words import Words

__all__ = ["read", "read_bytes"]


def read(path: str | Path) -> Grid:
    """Read a document.

    Raises:
        InputError: it is refused or can't be read; the one line says why and what to do.
    """
    path = Path(path)
    return read_bytes(path.name, bytes_of(path))


def read_bytes(file: str, data: bytes) -> Grid:
    """Read a document's bytes; ``file`` is its name, for messages.

    Raises:
        InputError: as for :func:`read`.
    """
    if not data.strip(b"\0"):
        raise refusal(
            file,
            Words("文件是空的。", "The file is empty."),
            Words("请重新另存或重新下载。", "Save or download it again."),
        )
    kind = kind_of(file, data)
    if kind == "zip":
        package = Package(file, data)
        try:
            kind = kind_of_package(file, package)
            if kind == "docx":
                from wenxiao.importing.readers.docx import read_docx

                return read_docx(file, package)
            if kind == "xlsx":
                from wenxiao.importing.readers.xlsx import read_xlsx

                return read_xlsx(file, data, package)
            package.look_over_parts()
        finally:
            package.close()
    if kind in OLD:
        from wenxiao.importing.readers.legacy import read_old

        return read_old(file, data, kind)
    if kind == "pdf":
        from wenxiao.importing.readers.pdf import read_pdf

        return read_pdf(file, data)
    return _read_text(file, data, kind)


def _read_text(file: str, data: bytes, kind: str) -> Grid:
    from wenxiao.importing.readers.charset import text_of

    if kind == "mht":
        from wenxiao.importing.readers.mail import read_mail

        return read_mail(file, data)
    text, _ = text_of(file, data)
    grid = _grid_of(file, text, kind)
    if unreadable := text.count("\ufffd"):
        return replace(grid, notes=(f"有 {unreadable} 个字符已损坏，写作“\ufffd”。", *grid.notes))
    return grid


def _grid_of(file: str, text: str, kind: str) -> Grid:
    if kind == "html":
        from wenxiao.importing.readers.html import read_html

        return read_html(file, text)
    if kind == "csv":
        from wenxiao.importing.readers.csv import read_csv

        return read_csv(file, text)
    from wenxiao.importing.readers.text import read_text

    return read_text(file, text)

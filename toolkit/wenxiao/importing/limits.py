"""What is not opened, and why: every file a user drops in is taken for hostile until it has been looked over.

The numbers here are far above any form, and low enough that reading a file is bounded in time and memory. Each refusal
is one line with the remedy. Nothing is ever fetched, run, or written outside the target folder.
"""

import stat
from pathlib import Path
from typing import Final

from wenxiao.errors import InputError, Problem, not_opened
from wenxiao.nearby import not_found
from wenxiao.words import Words

MOST_BYTES: Final = 50_000_000
MOST_UNPACKED: Final = 250_000_000
MOST_OF_A_PART: Final = 100_000_000
MOST_TIMES: Final = 300
"""How many times its own size a file may unpack to; ordinary documents stay below 30."""
MOST_PARTS: Final = 3_000
MOST_DEPTH: Final = 200
MOST_ELEMENTS: Final = 3_000_000
MOST_CELLS: Final = 200_000
MOST_COLUMNS: Final = 1_000
MOST_MERGED: Final = 20_000
MOST_PARAGRAPHS: Final = 100_000
MOST_NOTES: Final = 50
_NOTHING: Final = Words("", "")


def refusal(file: str, wrong: Words, instead: Words = _NOTHING) -> InputError:
    """Give the error that says, in one line, why a file is not read and what to do."""
    return InputError([Problem(file, 0, 0, "", wrong, instead)])


def too_many(file: str, what: Words, most: int) -> InputError:
    """Give the refusal of a document that holds too much of something."""
    return refusal(
        file,
        Words(f"{what.zh}超过 {most} 个，没有读。", f"More than {most} {what.en}; it was not read."),
        Words("请只留下自评表，另存后再导入。", "Keep the form only, save it and import that."),
    )


def bytes_of(path: Path) -> bytes:
    """Give the content of a file that may be looked at.

    Raises:
        InputError: it is not there, no ordinary file, or larger than ``MOST_BYTES``.
    """
    name = path.name
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            raise refusal(
                name, Words("这不是普通文件，没有打开。", "This is no ordinary file; it was not opened.")
            )
        if known.st_size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            raise refusal(
                name,
                Words(
                    f"文件超过 {most} MB，没有打开。",
                    f"The file is larger than {most} MB; it was not opened.",
                ),
                Words(
                    "请去掉图片、只留自评表后再导入。", "Take out pictures, keep the form, and import that."
                ),
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise refusal(name, *not_found(path)) from None
    except OSError as error:
        raise refusal(name, not_opened(error)) from None
    except RuntimeError:  # links in a circle, as older Pythons say it
        raise refusal(
            name, Words("打不开：链接绕成了圈。", "It can't be opened: links in a circle.")
        ) from None
    return data


def has_password(file: str) -> InputError:
    """Give the refusal of a file that only opens with a password."""
    return refusal(
        file,
        Words("文件有打开密码，没有读。", "The file has a password and was not read."),
        Words(
            "请在 Word、Excel 或 WPS 中去掉密码，另存后再导入。",
            "Take the password off in Word, Excel or WPS, save it and import that.",
        ),
    )


def has_macros(file: str) -> InputError:
    """Give the refusal of a file with macros."""
    return refusal(
        file,
        Words("文件带有宏，没有打开。", "The file carries macros and was not opened."),
        Words(
            "请另存为不带宏的 .docx 或 .xlsx 再导入。",
            "Save it as .docx or .xlsx without macros and import that.",
        ),
    )

"""What goes wrong when a zip archive, which every Office file is, is damaged or locked: said once, caught in many places."""

import zipfile
import zlib
from typing import Final

_LZMA: tuple[type[Exception], ...]
try:
    from lzma import LZMAError
except ImportError:  # a Python built without lzma can't meet its error
    _LZMA = ()
else:
    _LZMA = (LZMAError,)

DAMAGED: Final[tuple[type[Exception], ...]] = (
    zipfile.BadZipFile, zlib.error, *_LZMA, EOFError, KeyError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What :mod:`zipfile` raises for archives that are broken, cut off, locked (RuntimeError) or packed in a way it does not
know (a kind of RuntimeError)."""

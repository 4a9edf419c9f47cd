"""An importing process with moods: what it does is told by the name of the document."""

import os
import sys
import time
from pathlib import Path

from wenxiao.importing.batch import one, worker


def import_one(path: Path, rubric=None, year=None):
    if "hang" in path.stem:
        time.sleep(600)
    if "crash" in path.stem:
        os.abort()
    if "noise" in path.stem:
        print("what a library prints" * 10_000, flush=True)
        os.write(1, b"{}\n")
    if "fault" in path.stem:
        raise KeyError("a fault of ours")
    if "memory" in path.stem:
        raise MemoryError
    return real(path, rubric, year)


real, one.import_one = one.import_one, import_one
if __name__ == "__main__":
    worker.main()
    sys.exit()

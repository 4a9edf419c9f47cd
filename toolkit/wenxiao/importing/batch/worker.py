"""The process that imports: one document a line on its standard input, one result a line on its standard output.

Its memory is bounded, and what libraries print goes nowhere. It ends with its input.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

MOST_MEMORY: Final = 3 * 2**30


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _import(job: dict[str, Any]) -> dict[str, Any]:
    from wenxiao.importing.batch.one import Result, import_one

    try:
        return import_one(Path(job["path"]), job["rubric"], job["year"]).as_dict()
    except MemoryError:
        why = f"{MOST_MEMORY // 2**30} GB"
        return Result(
            refused=(f"读它要用的内存超过 {why}，没有读完。", f"Reading it takes more than {why} of memory.")
        ).as_dict()
    except RecursionError:
        return Result(
            refused=("内部层次过深，没有读。", "It is nested too deeply and was not read.")
        ).as_dict()
    except Exception as error:  # a fault of ours in one document must not stop the others
        why = f"{type(error).__name__}: {error}"[:300]
        return Result(
            refused=(
                f"导入时程序出错（{why}），请把文件报给维护者。",
                f"A fault of the program ({why}); please report the file.",
            )
        ).as_dict()


def main() -> None:
    """Import until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace", newline="\n")
    os.dup2(2, 1)  # nothing but answers goes there
    _bound_memory()
    answers.write("\n")  # ready
    answers.flush()
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_import(json.loads(line)), ensure_ascii=False) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

"""5,000 damaged forms, of real figures and of invented projects, in all layouts: what an import says of each figure.

Prints how many were damaged in which way, in how many a figure differs from the sound form and nothing is said of it,
and in how many the document itself prints another unit that nothing in it contradicts.
"""

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from forms import LAYOUTS, form_of  # noqa: E402
from helpers import PARAMS  # noqa: E402
from imported_facts import grid_of  # noqa: E402
from mutations import outcome  # noqa: E402
from wenxiao.importing.interpreting import interpret  # noqa: E402
from wenxiao.loading import load_project, project_of, sheet_of  # noqa: E402
from wenxiao.sampling import samples  # noqa: E402

DAMAGES = 5_000
INVENTED = 24


def main() -> int:
    """Damage, import, count; 1 where a figure is silently wrong or a form raises."""
    projects = [load_project(path) for path in PARAMS]
    projects += [project_of(sheet_of(one.stem, one.text), Path()) for one in samples(INVENTED, seed="import")]
    grids = [grid_of(form_of(project, layout)) for project in projects for layout in LAYOUTS]
    sound = [(grid, interpret(grid)) for grid in grids]
    made: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for seed in range(DAMAGES):
        number = seed % len(sound)
        try:
            done = outcome(*sound[number], seed)
        except Exception as error:
            counts["raised"] += 1
            print(f"seed {seed}: {error!r}")
            continue
        made[done.mutation] += 1
        counts["silently wrong"] += bool(done.silent)
        counts["lost"] += bool(done.lost)
        counts["printed with another unit"] += bool(done.printed)
        counts["params file loads"] += done.imported.project is not None
        for one in (*done.silent, *done.lost):
            print(f"seed {seed}, form {number}, {done.mutation}: {one}")
    print(", ".join(f"{name} {count}" for name, count in made.most_common()))
    print(f"{DAMAGES} damaged forms: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    return 1 if counts["raised"] or counts["silently wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())

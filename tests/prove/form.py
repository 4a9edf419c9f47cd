"""The live formulas of the form against the package: all worked cases, all examples, 100 invented and 300 drawn projects.

LibreOffice recalculates every workbook; each carries wrong values on purpose, so that what comes out right was
computed. A score that no formula gives must stand there as the program's; whatever a formula gives must be the same.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402

from form_compared import Compared, compared  # noqa: E402
from projects import projects  # noqa: E402
from recalculated import SOFFICE, recalculated  # noqa: E402
from wenxiao.evaluation import Evaluation  # noqa: E402
from wenxiao.findings import evaluate  # noqa: E402
from wenxiao.fitness import faults  # noqa: E402
from wenxiao.loading import load_project, sheet_of, validated  # noqa: E402
from wenxiao.model import Project  # noqa: E402
from wenxiao.rendering.workbook.form import form_of  # noqa: E402
from wenxiao.rubric import Rubric, load_rubric  # noqa: E402
from wenxiao.sampling import samples  # noqa: E402
from worked import cases, project_of, rubric_of  # noqa: E402

EACH = 60


def worked() -> dict[str, tuple[Evaluation, Rubric]]:
    """Give every worked case that a file can hold under its rubric."""
    found = {}
    for number, (_, case) in enumerate(cases()):
        if "refused" in case:
            continue
        project, rubric = project_of(case), rubric_of(case)
        if not faults(project, rubric.at(project.year)):
            named = project.model_copy(update={"rubric": rubric.id})
            found[f"case{number:03}"] = (evaluate(named, rubric), rubric)
    return found


def examples() -> dict[str, tuple[Evaluation, Rubric]]:
    """Give the example projects."""
    projects = [load_project(path) for path in sorted((ROOT / "params").rglob("*.yaml"))]
    return {f"example{i:02}": (evaluate(p, r := load_rubric(p.rubric)), r) for i, p in enumerate(projects)}


def invented() -> dict[str, tuple[Evaluation, Rubric]]:
    """Give invented projects, some with planted faults."""
    found = {}
    for one in samples(100):
        project = validated(sheet := sheet_of(one.stem, one.text), sheet.data, Project)
        if project is not None and not faults(project, load_rubric(project.rubric).at(project.year)):
            rubric = load_rubric(project.rubric)
            found[one.stem] = (evaluate(project, rubric), rubric)
    return found


def drawn() -> dict[str, tuple[Evaluation, Rubric]]:
    """Give projects drawn at random: every rubric, method and kind of target, in 元, 万元 and 亿元."""
    found: dict[str, tuple[Evaluation, Rubric]] = {}

    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(projects())
    def draw(one: tuple[Project, str]) -> None:
        rubric = load_rubric(one[1])
        project = one[0].model_copy(update={"rubric": one[1]})
        if not faults(project, rubric.at(project.year)):
            found[f"drawn{len(found):03}"] = (evaluate(project, rubric), rubric)

    draw()
    return found


def told(kind: str, all_: dict[str, tuple[Evaluation, Rubric]]) -> bool:
    """Compare a kind of projects, print what came out, and tell whether every figure agrees."""
    sums: Counter[str] = Counter()
    whole = Compared()
    names = list(all_)
    for start in range(0, len(names), EACH):
        with tempfile.TemporaryDirectory() as folder:
            part = names[start : start + EACH]
            books = recalculated({name: form_of(all_[name][0], all_[name][1]) for name in part}, Path(folder))
            for name in part:
                one = compared(name, all_[name][0], books[name])
                sums += Counter(scores=one.scores, live=one.live, totals=one.totals, codes=one.codes)
                for field in ("wrong", "false_alarms", "unseen"):
                    getattr(whole, field).extend(getattr(one, field))
    print(
        f"{kind}: {len(names)} workbooks, {sums['scores']} scores ({sums['live']} by formulas), {sums['totals']} totals, {sums['codes']} remarks"
    )
    unseen = Counter(text.split()[-1] for text in whole.unseen)
    print(
        f"  wrong {len(whole.wrong)}, false alarms {len(whole.false_alarms)}, not seen by formulas {dict(unseen)}"
    )
    for text in [*whole.wrong, *whole.false_alarms]:
        print("   ", text)
    return not whole.wrong and not whole.false_alarms


if __name__ == "__main__":
    if SOFFICE is None:
        sys.exit("LibreOffice is needed (soffice).")
    good = [
        told("examples", examples()),
        told("worked cases", worked()),
        told("invented projects", invented()),
        told("drawn projects", drawn()),
    ]
    sys.exit(0 if all(good) else 1)

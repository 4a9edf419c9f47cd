"""``wenxiao check``: problems and findings, as lines for people, JSON, or SARIF."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from wenxiao.checking import Checked, check_files
from wenxiao.cli.app import Json, Paths, Rubric, app, files_of, language, say, severity, tell, tell_json
from wenxiao.errors import Problem
from wenxiao.evaluation import Finding
from wenxiao.words import Words

Sarif = Annotated[bool, typer.Option("--sarif", help="SARIF 2.1.0，供编辑器和 CI / for editors and CI")]


@app.command()
def check(paths: Paths, json_: Json = False, rubric: Rubric = None, sarif: Sarif = False) -> None:
    """核对：载入、计分、检查，不启动内核 / load, score and audit, without a kernel."""
    checked = check_files(files_of(paths), rubric)
    counts = Counter(kind for one in checked for kind in _kinds(one))
    if sarif:
        tell_json(_sarif(checked))
    elif json_:
        tell_json([_record(one) for one in checked])
    else:
        for one in checked:
            for line in _lines(one):
                tell(line)
        tell(_summary(len(checked), counts))
    raise typer.Exit(2 if counts["problem"] else 1 if counts["error"] else 0)


def _kinds(one: Checked) -> Iterable[str]:
    yield from ("problem" for _ in one.problems)
    yield from (finding.severity for finding in one.findings if finding.acknowledged is None)


def _said(finding: Finding) -> tuple[str, str]:
    return (finding.message, finding.remedy) if language() == "zh" else finding.english


def _lines(one: Checked) -> Iterable[str]:
    for problem in one.problems:
        yield problem.text(language())
    for finding in one.findings:
        line, column = one.place(finding)
        message, remedy = _said(finding)
        state = say(Words("已说明", "acknowledged")) if finding.acknowledged else severity(finding.severity)
        yield f"{one.file}:{line}:{column}  {finding.code} {state}  {finding.where}\n  {message}\n  {remedy}"


def _summary(files: int, counts: Counter[str]) -> str:
    kinds = ("problem", "error", "warning", "note")
    found = say(Words("、", ", ")).join(f"{severity(kind)} {counts[kind]}" for kind in kinds if counts[kind])
    found = found or say(Words("没有发现问题", "nothing found"))
    return say(Words(f"核对了 {files} 个项目：{found}。", f"{files} checked: {found}."))


def _record(one: Checked) -> dict[str, Any]:
    """Give one file as the contract's JSON: evaluation.json, with each finding's line and column."""
    if one.evaluation is None:
        return {"file": one.file, "problems": [_problem(p) for p in one.problems], "findings": []}
    record = one.evaluation.as_dict(one.findings)
    for finding, found in zip(one.findings, record["findings"], strict=True):
        found["line"], found["column"] = one.place(finding)
    return {"file": one.file, "problems": [], **record}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file, "line": problem.line, "column": problem.column, "where": problem.where,
        "wrong": problem.wrong.in_(language()), "instead": problem.instead.in_(language()),
    }  # fmt: skip


def _sarif(checked: Iterable[Checked]) -> dict[str, Any]:
    from wenxiao.sarif import Placed, sarif

    placed: list[Placed] = []
    for one in checked:
        for p in one.problems:
            wrong, instead = p.wrong.in_(language()), p.instead.in_(language())
            placed.append(Placed(p.file, p.line, p.column, p.where, "", "problem", wrong, instead))
        for f in one.findings:
            place = one.place(f)
            placed.append(Placed(one.file, *place, f.where, f.code, f.severity, *_said(f), f.acknowledged))
    return sarif(placed, language())

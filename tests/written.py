"""What documentation says to do, done: the code blocks of a page, run in order in a folder of their own."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from helpers import ROOT

NAMED = re.compile(r"(?:#|<!-- file:) ?(?P<name>[\w./-]+\.(?:ya?ml|py|txt|json))(?: -->)?$")
UNRUN = re.compile(r"# (?:not run by the tests: |测试中不运行：)(?P<reason>.+)$")
MAY_REFUSE = ("check", "import", "publish")
"""Commands whose exit code 1 is an answer: findings, or a report that the gate refuses."""


@dataclass(frozen=True)
class Block:
    """One code block of a page: its language, what follows it in the info line, its text, the line it begins at."""

    page: str
    line: int
    kind: str
    role: str
    code: str
    name: str | None
    answers: bool

    @property
    def unrun(self) -> str | None:
        """The reason why the block is not run, where it gives one."""
        found = UNRUN.match(self.code.splitlines()[0]) if self.code else None
        return found["reason"] if found else None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Give the code blocks of a page; ``answers`` says that it stands right under the block before, as its output."""
    text = page.read_text(encoding="utf-8")
    lines, found, end = text.splitlines(), [], 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type != "fence" or token.info.startswith("{"):
            continue
        kind, _, role = token.info.partition(" ")
        first, last = token.map
        before = [line.strip() for line in lines[end:first] if line.strip()]
        comment = NAMED.match(before[-1]) if before else None
        if not comment and token.content and kind in ("yaml", "python"):
            comment = NAMED.match(token.content.splitlines()[0])
        place = page.relative_to(ROOT).as_posix(), first + 1
        answers = not before and kind == "text" and bool(found)
        found.append(Block(*place, kind, role, token.content, comment["name"] if comment else None, answers))
        end = last
    return found


def commands(block: Block) -> list[str]:
    """Give the commands of a shell block: a line each, those that go on joined."""
    joined = re.sub(r"(\\|&&|\|)\n\s*", lambda m: "" if m[1] == "\\" else f"{m[1]} ", block.code)
    lines = (re.sub(r"\s+#.*$", "", line).strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class Reader:
    """Somebody who does what a page says, in ``folder``."""

    def __init__(self, folder: Path, home: Path, language: str):
        self.folder, self.last, self.said = folder, None, ""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        locale = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[language]
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_")} | {
            "PATH": path, "HOME": str(home), "LANG": locale, "COLUMNS": "100",
            "SSH_ASKPASS": "/bin/true", "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0", "PYTHONUTF8": "1",
        }  # fmt: skip
        self.interpreter: subprocess.Popen | None = None
        self.cut = ""

    def does(self, block: Block) -> None:
        """Do what one block says.

        Raises:
            AssertionError: a command fails, or the answer is not what the page shows.
        """
        if block.answers:
            self.compare(block)
        elif block.role in ("before", "after", "append"):
            self.edit(block)
        elif block.name:
            self.last = self.folder / block.name
            self.last.parent.mkdir(parents=True, exist_ok=True)
            self.last.write_text(block.code, encoding="utf-8")
        elif block.kind == "sh":
            self.said = "".join(self.run(block, command) for command in commands(block))
        elif block.kind == "python":
            self.python(block)

    def edit(self, block: Block) -> None:
        """Change the file that the page was last at."""
        assert self.last, f"{block}: which file?"
        text = self.last.read_text(encoding="utf-8")
        if block.role == "append":
            self.last.write_text(text + block.code, encoding="utf-8")
        elif block.role == "before":
            assert text.count(block.code) == 1, f"{block}: not once in {self.last.name}"
            self.cut = block.code
        else:
            self.last.write_text(text.replace(self.cut, block.code), encoding="utf-8")

    def run(self, block: Block, command: str) -> str:
        """Run one command line, and stay in the folder it leads to."""
        if command.startswith("make "):
            command = f"make --no-print-directory -n -C '{ROOT}' {command.removeprefix('make ')}"
        script = f"set -eo pipefail; {command}\n{{ echo; pwd; }} >&3"
        done = subprocess.run(
            ["bash", "-c", f"exec 3>'{self.folder / '.where'}'; {script}"],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        said = done.stdout + done.stderr
        where = self.folder / ".where"
        allowed = {0, 1} if re.match(rf"wenxiao ({'|'.join(MAY_REFUSE)})\b", command) else {0}
        assert done.returncode in allowed, f"{block}: {command}\nexit {done.returncode}\n{said}"
        assert "Traceback" not in said, f"{block}: {command}\n{said}"
        now = where.read_text(encoding="utf-8").strip()
        where.unlink()
        self.folder = Path(now) if now else self.folder
        for word in re.findall(r"[\w./-]+\.yaml", command):
            if (self.folder / word).is_file():
                self.last = self.folder / word
        return said

    def compare(self, block: Block) -> None:
        """Compare what was said last with what the page shows; ``…`` stands for anything."""
        shown = re.sub(r"(?<=\n)…\n", "…", block.code)
        pattern = "".join(
            ".*?" if part == "…" else re.escape(part) for part in re.split("(…)", shown.strip())
        )
        assert re.fullmatch(pattern, self.said.strip(), re.S), f"{block}:\n{self.said}"

    def python(self, block: Block) -> None:
        """Run Python in the page's interpreter, which remembers what it was told."""
        if self.interpreter is None:
            self.interpreter = subprocess.Popen(
                [sys.executable, "-c", _LISTENER],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment, text=True, encoding="utf-8",
            )  # fmt: skip
        self.interpreter.stdin.write(json.dumps([str(self.folder), str(block), block.code]) + "\n")
        self.interpreter.stdin.flush()
        fault, self.said = json.loads(self.interpreter.stdout.readline())
        assert not fault, f"{block}:\n{self.said}{fault}"

    def leaves(self) -> None:
        """End the interpreter."""
        if self.interpreter:
            self.interpreter.stdin.close()
            self.interpreter.wait(10)
            self.interpreter.stdout.close()


_LISTENER = """
import contextlib, io, json, os, sys, traceback
names = {"__name__": "__main__"}
for line in sys.stdin:
    folder, place, code = json.loads(line)
    os.chdir(folder)
    heard, fault = io.StringIO(), ""
    with contextlib.redirect_stdout(heard):
        try:
            exec(compile(code, place, "exec"), names)
        except BaseException:
            fault = traceback.format_exc()
    print(json.dumps([fault, heard.getvalue()]), flush=True)
"""


def known_options() -> dict[str, set[str]]:
    """Give for each command, by its whole name, the options it takes."""
    import typer

    from wenxiao.cli import app

    found: dict[str, set[str]] = {}

    def walk(command, name):
        found[name] = {"--help"} | {
            word for one in command.params for word in (*one.opts, *one.secondary_opts)
        }
        for inner, one in getattr(command, "commands", {}).items():
            walk(one, f"{name} {inner}")

    walk(typer.main.get_command(app), "wenxiao")
    return found


def misspelled(command: str) -> list[str]:
    """Give what a command line names that the program does not have: a command, or options."""
    if not re.match(r"wenxiao( |$)", command):
        return []
    known, words = known_options(), re.sub(r"[\[\]|…]", " ", command).split()
    words = [word for word in words if word not in ("--lang", "zh", "en")]
    name = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), None)
    if name is None:
        return words[1:2]
    return [word for word in words if re.match(r"--?[a-z]", word) and word.split("=")[0] not in known[name]]

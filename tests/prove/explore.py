"""The property tests with new random examples, round after round; `make test` always takes the same ones.

python tests/prove/explore.py [ROUNDS]
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 20
_PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-n",
    "2",
    "--dist",
    "loadgroup",
    "-m",
    "hypothesis",
    "--hypothesis-profile=explore",
)


def main(rounds: int = ROUNDS) -> int:
    """Run the rounds; 1 where one of them failed. Hypothesis keeps what failed and tries it first in the next round."""
    failed = 0
    for number in range(1, rounds + 1):
        done = subprocess.run([sys.executable, *_PYTEST], cwd=ROOT, capture_output=True, text=True)
        print(f"{number}/{rounds}: {done.stdout.strip().splitlines()[-1]}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout, done.stderr, flush=True)
    print(f"{rounds} rounds, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""How long a check of one small file takes, as ratios against ``python -c "import click, yaml"`` in the same run.

    python benchmarks/cold_start.py [--repeats 9]

What is counted is the time the processor works for a command, not the time on the clock, which on a machine that others
use says more about them. The commands take turns, and of each the fastest turn counts. The file is one of 5 KB from the
corpus and the rules are those of the `cn` pack.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "accuracy" / "cn"
SIZE = 5000
BARE = 'python -c "pass"'
FLOOR = 'python -c "import click, yaml"'


def worked(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> float:
    """Seconds of processor time that a command takes, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environ, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(repeats: int) -> dict[str, float]:
    """Seconds of each command at its fastest."""
    paths = sorted(path for path in CORPUS.iterdir() if path.suffix == ".txt")
    small = min(paths, key=lambda path: abs(path.stat().st_size - SIZE))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_bytes(small.read_bytes())
        (folder / "line.txt").write_text("您好，这是本行的通知。\n", encoding="utf-8")
        environ = {**os.environ, "SCRIPTLINT_CACHE_DIR": str(folder / "cache")}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every run compiles what has changed since
        check = (sys.executable, "-m", "scriptlint", "check")
        commands = {
            BARE: (sys.executable, "-c", "pass"),
            FLOOR: (sys.executable, "-c", "import click, yaml"),
            "check of one line, compiled packs at hand": (*check, "line.txt"),
            f"check of {SIZE // 1000} KB, compiled packs at hand": (*check, "a.txt"),
            f"check of {SIZE // 1000} KB, --no-cache": (*check, "--no-cache", "a.txt"),
        }
        for command in commands.values():
            worked(command, folder, environ)
        turns = [{name: worked(command, folder, environ) for name, command in commands.items()} for _ in range(repeats)]
    return {name: min(turn[name] for turn in turns) for name in commands}


def main() -> int:
    """Print one table of ratios."""
    parser = argparse.ArgumentParser(description="Measure a check of one small file.")
    parser.add_argument("--repeats", type=int, default=9, help="turns of each command")
    seconds = measure(parser.parse_args().repeats)
    for name, time in seconds.items():
        print(f"{time / seconds[FLOOR]:8.2f}  {time * 1000:7.0f} ms  {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

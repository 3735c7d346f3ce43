"""How fast scriptlint is, as ratios against baselines measured in the same run.

    python benchmarks/speed.py

Machines are shared and noisy: read the ratios, not the seconds. Each figure is the best of several repeats.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from scriptlint import context, engine, packs, readers
from scriptlint.language import Scanner
from scriptlint.model.context import Context

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "accuracy" / "cn"


def best(action: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def command(*words: str) -> Callable[[], object]:
    """An action that runs a command and throws its output away."""
    return lambda: subprocess.run(words, check=False, capture_output=True)


def main() -> int:
    """Print one table of ratios."""
    paths = sorted(path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md"))
    small = min(paths, key=lambda path: abs(path.stat().st_size - 2000))
    floor = best(command(sys.executable, "-c", "import click, yaml"))
    cold = best(command(sys.executable, "-m", "scriptlint", "check", str(small)))
    ruleset = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
    load = best(lambda: packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24)), 3)
    documents = [readers.read(path.name, path.read_bytes()) for path in paths]
    characters = sum(len(document.source) for document in documents)
    lines = [segment.text for document in documents for segment in document.segments]

    def lint() -> None:
        for document in documents:
            engine.lint(document, ruleset, context.infer(document, ruleset, Context()))

    literals = sorted({literal for matcher in ruleset.matchers.values() for literal in matcher.literals or ()})
    patterns = [re.compile(re.escape(literal)) for literal in literals]

    def naive() -> None:
        for line in lines:
            for pattern in patterns:
                pattern.search(line)

    scanner = Scanner(literals)
    full, loop = best(lint, 3), best(naive, 2)
    scan = best(lambda: [scanner.scan(line) for line in lines], 3)
    rows = [
        ("cold check of one small file / python -c 'import click, yaml'", cold / floor),
        ("loading the rule pack / python -c 'import click, yaml'", load / floor),
        (f"full check of {len(documents)} documents / one search per prefilter literal per line", full / loop),
        ("literal scan alone / one search per prefilter literal per line", scan / loop),
        ("full check / literal scan alone", full / scan),
    ]
    for name, ratio in rows:
        print(f"{ratio:8.2f}  {name}")
    print(
        f"\n{len(ruleset.rules)} rules, {len(literals)} literals, {characters} characters: {characters / full / 1000:.0f} thousand characters a second"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

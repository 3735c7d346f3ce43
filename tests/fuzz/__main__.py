"""Fuzzing by hand: ``make fuzz SECONDS=3600``, or

python -m tests.fuzz --seconds 3600 [--reader docx] [--first 100000] [--check] [--keep FOLDER]
python -m tests.fuzz --case docx:4711 --keep FOLDER       writes one case to look at
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scriptlint import readers
from tests.fuzz.campaign import Outcome, campaign
from tests.fuzz.changes import case


def main() -> int:
    """Fuzz for as long as asked, print the figures, and say by the exit code whether all went well."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Feed changed samples to the readers.")
    parser.add_argument("--seconds", type=float, default=300, help="for all readers together")
    parser.add_argument("--reader", action="append", help="only this one; may be given again")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--check", action="store_true", help="put each case through the whole check")
    parser.add_argument("--keep", type=Path, help="a folder for the cases that crashed")
    parser.add_argument("--case", help="READER:NUMBER, written to the folder and not run")
    asked = parser.parse_args()
    if asked.case:
        reader, _, number = asked.case.partition(":")
        print(keep(asked.keep or Path(), reader, int(number)))
        return 0
    chosen = asked.reader or readers.formats()
    print(f"{'reader':12} {'cases':>8} {'crashes':>8} {'slowest':>9} {'case':>9} {'memory':>8} {'next':>9}", flush=True)
    total = 0
    for reader in chosen:
        outcome = campaign(reader, asked.seconds / len(chosen), asked.first, checked=asked.check)
        total += len(outcome.crashes)
        _show(outcome, asked.keep)
    return int(total > 0)


def keep(folder: Path, reader: str, number: int) -> Path:
    """Write one case to a file of its suffix."""
    name, data = case(reader, number)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{reader}-{number}{Path(name).suffix}"
    path.write_bytes(data)
    return path


def _show(outcome: Outcome, folder: Path | None) -> None:
    print(
        f"{outcome.reader:12} {outcome.cases:8} {len(outcome.crashes):8} {outcome.slowest:8.2f}s "
        f"{outcome.slowest_case:9} {outcome.peak:6.0f}MB {outcome.last:9}",
        flush=True,
    )
    for crash in outcome.crashes:
        place = keep(folder, outcome.reader, crash.number) if folder else f"{outcome.reader}:{crash.number}"
        print(f"--- {place}\n{crash.what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

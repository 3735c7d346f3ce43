"""Tries one case after another in a process that may die: with little memory and little time for each.

    python -m tests.fuzz.child READER FIRST [--check]

Says what it does on standard output, one line at a time: ``start N``, then ``done N SECONDS MEGABYTES`` or
``crash N WHAT``. A process that is killed has said which case it was at.
"""

from __future__ import annotations

import contextlib
import faulthandler
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count

MEMORY = 500_000_000
"""Bytes of address space, the interpreter and all libraries among them."""
SECONDS = 10
"""Seconds of processor time for one case."""


def main() -> int:
    """Try cases until somebody ends this process."""
    reader, first = sys.argv[1], int(sys.argv[2])
    look = _checked if "--check" in sys.argv else _read
    faulthandler.enable()
    # Prints where it hangs, then lets the signal end the process, even inside a regular expression.
    faulthandler.register(signal.SIGPROF, chain=True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number, outcome in cases(reader, first, look()):
        print(outcome, number, flush=True)
    return 0


def cases(reader: str, first: int, look: Callable[[str, bytes], None]) -> Iterator[tuple[int, str]]:
    """Number and what became of it, of each case from ``first`` on; each also when it starts."""
    from tests.fuzz.changes import case

    for number in count(first):
        name, data = case(reader, number)
        yield number, "start"
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        said = ""
        try:
            look(name, data)
        except Exception:
            said = "crash " + repr(traceback.format_exc(limit=-3)) + " case"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        yield number, said or f"done {time.process_time() - start:.3f} {peak:.0f}"


def _read() -> Callable[[str, bytes], None]:
    from scriptlint import readers
    from scriptlint.model.document import ReadError
    from tests.properties.test_readers import check_places

    def look(name: str, data: bytes) -> None:
        with contextlib.suppress(ReadError):
            document = readers.read(name, data)
            assert document.path == name
            if len(document.source) < 30_000:
                check_places(document)

    return look


def _checked() -> Callable[[str, bytes], None]:
    from scriptlint import run
    from scriptlint.config import Settings

    setup = run.prepare(Settings(), date(2026, 12, 1))

    def look(name: str, data: bytes) -> None:
        examined = run.examine(run.Script(name, data), setup)
        wrong = [problem.message for problem in examined.problems if problem.message.startswith("internal error")]
        assert not wrong, wrong

    return look


if __name__ == "__main__":
    sys.exit(main())

"""Reading earlier runs from their JSON reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from scriptlint import history
from scriptlint.history import HistoryError, Past
from scriptlint.model.record import replace
from scriptlint.model.report import Report

THIS_RUN = "·"


def read(path: Path, shown: str) -> Past:
    """One JSON report. Raises a usage error that says why it cannot be used."""
    try:
        return history.parse(path.read_bytes().decode("utf-8-sig"), shown)
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    except UnicodeDecodeError:
        raise click.UsageError(f'cannot use "{shown}": not UTF-8') from None
    except HistoryError as error:
        raise click.UsageError(f'cannot use "{shown}": {error}') from None


def read_folder(folder: Path, shown: str) -> tuple[tuple[Past, ...], tuple[str, ...]]:
    """The JSON reports of a folder and those below it, and the other JSON files in it.

    Raises a usage error when there is no such folder, and for a broken file.
    """
    if not folder.is_dir():
        raise click.UsageError(f'there is no folder "{shown}"')
    runs: list[Past] = []
    others: list[str] = []
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        try:
            runs.append(history.parse(path.read_bytes().decode("utf-8-sig"), name))
        except HistoryError as error:
            if not error.foreign:
                raise click.UsageError(f'cannot use "{shown}/{name}": {error}') from None
            others.append(name)
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f'cannot read "{shown}/{name}": {error}') from None
    return tuple(runs), tuple(others)


def with_past(report: Report, past: Sequence[Past]) -> Report:
    """The same report with its place in the series of runs."""
    # On the same day, the run that just ended comes last, whatever the others are called.
    earlier = [run for run in past if run.as_of <= report.as_of]
    last = max((run.name for run in earlier if run.as_of == report.as_of), default="")
    now = history.of_report(report, last + THIS_RUN)
    points = history.points([*earlier, now])
    return replace(report, history=(*points[:-1], replace(points[-1], name=THIS_RUN)))

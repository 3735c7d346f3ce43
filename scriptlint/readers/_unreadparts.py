"""Gathers what a part of an Office file holds that is no text, so that a report says it once and not for each."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.document import ReadError, Unread
from scriptlint.readers._ooxml import related
from scriptlint.readers._package import Package

_NAMED = 3


class UnreadParts:
    """Things of the same kind in one sheet or on one slide, counted."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[str]] = {}
        self._single: list[Unread] = []

    def count(self, where: str, what: str, name: str, times: int = 1) -> None:
        """Note a thing: ``where`` is its sheet or slide, ``what`` the kind, ``name`` what it is called there."""
        if times > 0:
            self._found.setdefault((where, what), []).extend([name] * min(times, 1000))

    def add(self, where: str, reason: str) -> None:
        """Note something that happened once."""
        self._single.append(Unread(None, reason, where))

    def all(self) -> tuple[Unread, ...]:
        """Everything noted."""
        counted = []
        for (where, what), names in self._found.items():
            listed = list(dict.fromkeys(name for name in names if name))
            shown = ", ".join(listed[:_NAMED]) + (" …" if len(listed) > _NAMED else "")
            many = f"{what}" if len(names) == 1 else f"{len(names)} × {what}"
            counted.append(Unread(None, f"{many} ({shown})" if shown else many, where))
        return (*counted, *self._single)


def embedded(package: Package, part: str, where: str, unread: UnreadParts) -> Iterator[tuple[str, bytes]]:
    """The Office files that lie whole in a sheet or slide, with their names."""
    for link in related(package, part, "package"):
        try:
            yield link.target.rsplit("/", 1)[-1], package.read(link.target)
        except ReadError as error:
            unread.add(where, error.message)

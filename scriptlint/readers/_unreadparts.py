"""Gathers what a part of an Office file holds that is no text, so that a report says it once and not for each."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.document import ReadError, Unread
from scriptlint.readers._container import Attachment
from scriptlint.readers._ooxml import related
from scriptlint.readers._package import Package

_NAMED = 3
_ZIP = b"PK\x03\x04"
_READERS = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}


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


def embedded(package: Package, part: str, where: str, unread: UnreadParts) -> Iterator[Attachment]:
    """The Office files that lie whole in a sheet or slide. Objects of other programs are noted as unread."""
    for link in related(package, part, "package", "oleObject", "control"):
        name = link.target.rsplit("/", 1)[-1]
        try:
            data = b"" if link.kind == "control" else package.read(link.target)
            kind = _format(data) if data.startswith(_ZIP) else None
        except ReadError as error:
            unread.add(where, error.message)
            continue
        if kind:
            yield Attachment(name, data, kind)
        else:
            unread.count(where, "control" if link.kind == "control" else "embedded object", name)


def _format(data: bytes) -> str | None:
    """The reader for a file inside a file, by the folder of its parts: its name says little."""
    folders = {name.partition("/")[0] for name in Package(data).names}
    return next((reader for folder, reader in _READERS.items() if folder in folders), None)

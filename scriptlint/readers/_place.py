"""Where in nested data a value stands."""

from __future__ import annotations

from scriptlint.model.document import Role


class Place:
    """Where in the data a value stands, and what is known of it from above."""

    __slots__ = ("heading", "locator", "path", "record", "role", "section", "speaker", "turn")

    def __init__(
        self,
        path: tuple[str, ...] = (),
        section: tuple[str, ...] = (),
        role: Role | None = None,
        record: int | None = None,
        *,
        turn: bool = False,
        heading: bool = False,
    ) -> None:
        self.path = path
        self.section = section
        self.role = role
        self.record = record
        self.turn = turn
        self.heading = heading
        self.locator = ""
        self.speaker: str | None = None

    @property
    def timed(self) -> bool:
        """True inside an entry of a recording."""
        return bool(self.locator)

    def at(self, locator: str) -> Place:
        """The same place with the time it was said."""
        self.locator = locator
        return self

    def with_speaker(self, name: str | None) -> Place:
        """The same place with the name of who speaks, for what stands further in."""
        self.speaker = name
        return self

    def inside(
        self,
        key: str,
        *,
        role: Role | bool | None = False,
        section: tuple[str, ...] | None = None,
        record: int | None = None,
        turn: bool | None = None,
        heading: bool = False,
    ) -> Place:
        """The place one step further in; what is not given stays as it is here."""
        inner = Place(
            (*self.path, key),
            self.section if section is None else section,
            self.role if isinstance(role, bool) else role,
            self.record if record is None else record,
            turn=self.turn if turn is None else turn,
            heading=heading,
        )
        inner.locator, inner.speaker = self.locator, self.speaker
        return inner

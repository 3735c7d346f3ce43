"""One table of a TOML file as the same tree that YAML gives, so that its mistakes have places too.

The standard library says what TOML means but not where it stands. It is asked first and refuses what is
broken; this module then only has to walk correct text and note where keys and values begin.
"""

from __future__ import annotations

import re
import tomllib

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.model.span import LineIndex, Span
from scriptlint.yamltree import Mapping, Node, Scalar, Sequence, TreeError

_SPACE = lazy_re(r"[ \t]*")
_BETWEEN = lazy_re(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = lazy_re(r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'", re.DOTALL)
_BARE_KEY = lazy_re(r"[A-Za-z0-9_-]+")
_BARE_VALUE = lazy_re(r"[^,\]}\n#]+")
_PLACE = lazy_re(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(slots=True)
class _Table:
    """A table while it grows: TOML lets its entries come from several places of the file."""

    span: Span
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node | _Table | list[_Table]] = field(default_factory=dict)


def parse(text: str, table: tuple[str, ...]) -> Mapping | None:
    """The table of that name, or None when the file has none. Raises TreeError for text that is no TOML."""
    try:
        data: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TreeError([_mistake(text, str(error))]) from None
    for name in table:
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    if not isinstance(data, dict):
        return None
    found = _Walk(text).tables()
    for name in table:
        inner = found.values[name]
        if isinstance(inner, Mapping):
            rest = _at(inner, table[table.index(name) + 1 :])
            return rest if isinstance(rest, Mapping) else None
        if not isinstance(inner, _Table):
            return None
        found = inner
    return _finished(found)


def _at(node: Mapping, names: tuple[str, ...]) -> Node | None:
    current: Node | None = node
    for name in names:
        current = current.get(name) if isinstance(current, Mapping) else None
    return current


def _mistake(text: str, message: str) -> tuple[int, str]:
    place = _PLACE.search(message)
    plain = "this is not TOML: " + (message[: place.start()] if place else message).strip()
    if place is None or place[1] is None:
        return len(text), plain
    line = min(int(place[1]), LineIndex(text).lines)
    return min(LineIndex(text).line_start(line) + int(place[2]) - 1, len(text)), plain


def _finished(value: Node | _Table | list[_Table]) -> Mapping:
    assert isinstance(value, _Table)
    entries: list[tuple[Scalar, Node]] = []
    for name, inner in value.values.items():
        node: Node
        if isinstance(inner, _Table):
            node = _finished(inner)
        elif isinstance(inner, list):
            tables = tuple(_finished(item) for item in inner)
            node = Sequence(tables, Span(tables[0].span.start, tables[-1].span.end))
        else:
            node = inner
        entries.append((value.keys[name], node))
    return Mapping(tuple(entries), value.span)


class _Walk:
    """Goes once through correct TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def tables(self) -> _Table:
        root = _Table(Span(0, len(self.text)))
        current = root
        self._skip(_BETWEEN)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                current = self._header(root)
            else:
                self._entry(current)
            self._skip(_BETWEEN)
        return root

    def _header(self, root: _Table) -> _Table:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._keys()
        self.at += 2 if many else 1
        table = _inside(root, keys[:-1])
        last = keys[-1]
        table.keys.setdefault(last.text, last)
        if many:
            listed = table.values.setdefault(last.text, [])
            assert isinstance(listed, list)
            listed.append(_Table(last.span))
            return listed[-1]
        return _inside(table, [last])

    def _entry(self, table: _Table) -> None:
        keys = self._keys()
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        inner = _inside(table, keys[:-1])
        inner.keys[keys[-1].text] = keys[-1]
        inner.values[keys[-1].text] = self._value()

    def _keys(self) -> list[Scalar]:
        """A dotted key; ends before what follows it."""
        keys: list[Scalar] = []
        while True:
            self._skip(_SPACE)
            found = _STRING.match(self.text, self.at) or _BARE_KEY.match(self.text, self.at)
            assert found is not None
            name = found[0] if found[0][0] not in "\"'" else str(_meaning(found[0]))
            keys.append(Scalar(name, name, Span(*found.span()), None))
            self.at = found.end()
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _value(self) -> Node:
        start = self.at
        opening = self.text[start]
        if opening == "[":
            self.at += 1
            items: list[Node] = []
            self._skip(_BETWEEN)
            while self.text[self.at] != "]":
                items.append(self._value())
                self._comma()
            self.at += 1
            return Sequence(tuple(items), Span(start, self.at))
        if opening == "{":
            self.at += 1
            table = _Table(Span(start, start))
            self._skip(_BETWEEN)
            while self.text[self.at] != "}":
                self._entry(table)
                self._comma()
            self.at += 1
            return Mapping(_finished(table).entries, Span(start, self.at))
        found = _STRING.match(self.text, start) or _BARE_VALUE.match(self.text, start)
        assert found is not None
        raw = found[0].rstrip()
        self.at = start + len(raw)
        value = _meaning(raw)
        quoted = raw[0] if raw[0] in "\"'" else None
        shown = value if isinstance(value, str) else raw
        kept = value if isinstance(value, str | int | float | bool) else raw
        return Scalar(shown, kept, Span(start, self.at), quoted)

    def _comma(self) -> None:
        self._skip(_BETWEEN)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BETWEEN)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()


def _inside(table: _Table, keys: list[Scalar]) -> _Table:
    for key in keys:
        table.keys.setdefault(key.text, key)
        inner = table.values.setdefault(key.text, _Table(key.span))
        if isinstance(inner, list):
            inner = inner[-1]
        assert isinstance(inner, _Table)
        table = inner
    return table


def _meaning(raw: str) -> object:
    return tomllib.loads(f"value = {raw}")["value"]

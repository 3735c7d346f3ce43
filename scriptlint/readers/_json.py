"""A small strict JSON scanner in which every string keeps its place, escapes included."""

from __future__ import annotations

from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span, TextBuilder
from scriptlint.readers._prose import Prose, copied
from scriptlint.readers._tree import Fields, Items, Leaf, Node

_SPACE = lazy_re(r"[ \t\r\n]*")
_RUN = lazy_re(r'[^"\\\x00-\x1f]*')
_BARE = lazy_re(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])|(?:true|false|null|NaN|-?Infinity)(?!\w)"
)
_HEX = lazy_re(r"[0-9A-Fa-f]{4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEEPEST = 150
"""Lists and mappings inside each other; a script that needs more is no script."""


class JsonError(Exception):
    """JSON that cannot be parsed: where, and what was expected."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


def parse(source: str, start: int = 0, end: int | None = None) -> Node:
    """Parse one JSON value that fills a range of the source. Raises JsonError."""
    scanner = _Scanner(source, len(source) if end is None else end)
    node, position = scanner.value(scanner.blank(start), 0)
    position = scanner.blank(position)
    if position < scanner.end:
        raise JsonError(position, "the value ends here, but more text follows")
    return node


class _Scanner:
    def __init__(self, source: str, end: int) -> None:
        self.source = source
        self.end = end

    def blank(self, position: int) -> int:
        """The place after the blanks here."""
        match = _SPACE.match(self.source, position, self.end)
        return match.end() if match else position

    def value(self, position: int, depth: int) -> tuple[Node, int]:
        """The value that begins here and the place after it."""
        char = self._char(position)
        if char == '"':
            return self.string(position)
        if char in "[{":
            if depth >= _DEEPEST:
                raise JsonError(position, f"nested more than {_DEEPEST} deep")
            return self._list(position + 1, depth) if char == "[" else self._mapping(position + 1, depth)
        match = _BARE.match(self.source, position, self.end)
        if match is None:
            raise JsonError(position, "a value is expected here" if char else "the text ends too early")
        span = Span(*match.span())
        return Leaf(copied(self.source, span), span, is_text=False), span.end

    def _char(self, position: int) -> str:
        return self.source[position : min(position + 1, self.end)]

    def _list(self, position: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        position = self.blank(position)
        if self._char(position) == "]":
            return Items(()), position + 1
        while True:
            node, position = self.value(self.blank(position), depth + 1)
            items.append(node)
            position = self.blank(position)
            char = self._char(position)
            position += 1
            if char == "]":
                return Items(tuple(items)), position
            if char != ",":
                raise JsonError(position - 1, "a comma or ] is expected here")

    def _mapping(self, position: int, depth: int) -> tuple[Node, int]:
        entries: list[tuple[str, Node]] = []
        position = self.blank(position)
        if self._char(position) == "}":
            return Fields(()), position + 1
        while True:
            position = self.blank(position)
            if self._char(position) != '"':
                raise JsonError(position, "a key in double quotes is expected here")
            key, position = self.string(position)
            position = self.blank(position)
            if self._char(position) != ":":
                raise JsonError(position, "a colon is expected here")
            node, position = self.value(self.blank(position + 1), depth + 1)
            entries.append((key.prose.text, node))
            position = self.blank(position)
            char = self._char(position)
            position += 1
            if char == "}":
                return Fields(tuple(entries)), position
            if char != ",":
                raise JsonError(position - 1, "a comma or } is expected here")

    def string(self, start: int) -> tuple[Leaf, int]:
        """The string whose opening quote stands here."""
        out = TextBuilder(self.source)
        position = start + 1
        while True:
            match = _RUN.match(self.source, position, self.end)
            stop = match.end() if match else position
            out.keep(Span(position, stop))
            char = self._char(stop)
            if char == '"':
                prose = Prose(*out.build())
                if not prose.text:
                    prose = copied(self.source, Span(start + 1, start + 1))
                return Leaf(prose, Span(start, stop + 1)), stop + 1
            if char != "\\":
                what = "a line break or control character inside a string" if char else "a string is not closed"
                raise JsonError(stop if char else start, what)
            position, meaning = self._escape(stop)
            out.replace(Span(stop, position), meaning)

    def _escape(self, start: int) -> tuple[int, str]:
        letter = self.source[start + 1 : min(start + 2, self.end)]
        if letter in _ESCAPES and letter:
            return start + 2, _ESCAPES[letter]
        code = self._code(start)
        if code is None:
            raise JsonError(start, "unknown escape")
        if 0xD800 <= code < 0xDC00:
            low = self._code(start + 6)
            if low is not None and 0xDC00 <= low < 0xE000:
                return start + 12, chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
        # Half of a character cannot stand in text.
        return start + 6, "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)

    def _code(self, start: int) -> int | None:
        if not self.source.startswith("\\u", start) or start + 6 > self.end:
            return None
        match = _HEX.match(self.source, start + 2, start + 6)
        return int(match[0], 16) if match else None

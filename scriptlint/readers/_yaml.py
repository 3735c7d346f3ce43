"""YAML values as prose: what a quoted, folded or indented scalar says, mapped to where it says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from scriptlint import yamltree
from scriptlint.model.document import Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import OffsetMap, Piece, Span, TextBuilder
from scriptlint.readers._prose import Prose, copied, edited, glue, trimmed
from scriptlint.readers._tree import Fields, Items, Leaf, Node, bad

_LINE_END = lazy_re("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPE = lazy_re(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_MEANS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip
_COMMENT = lazy_re(r"(?:(?<=[ \t])|^)#+[ \t]*([^\r\n]*)", re.MULTILINE)
_KEY = r"(?:[^\s:'\"#{}\[\]][^:'\"#{}\[\]\n]{0,60}:[ \t]+)"
_HAN = "\u4e00-\u9fff"
_VARIABLE = lazy_re(
    rf"^([ \t]*(?:-[ \t]+){{0,3}}{_KEY}?)"
    r"(?:\{\{\{?[^{}\n]{1,120}\}?\}\}|[%@]\{[^{}\n]{1,40}\}|%[A-Za-z_]{2,30}%|\{#[^{}\n]{1,60}#\}|<%[^%\n]{1,60}%>"
    # One pair of brackets is a mapping or a list unless words follow.
    rf"|(?:\{{[$!A-Za-z_{_HAN}][^{{}}\n]{{0,60}}\}}|\[\[[^\[\]\n]{{1,60}}\]\]|\[[{_HAN}]{{2,10}}\])(?=[ \t]*[^\s,}}\]#]))",
    re.MULTILINE,
)
_STATEMENT = lazy_re(r"^[ \t]*\{%[^{}\n]{1,120}%\}[ \t]*$", re.MULTILINE)
_HINT = "quote values that hold : # { or [ and write the file anew with an editor that knows YAML"


def documents(source: str) -> tuple[list[Node], list[Prose], tuple[Unread, ...]]:
    """The documents of a YAML stream, its comments, and what could not be read.

    Raises ReadError when not even the first document can be read.
    """
    trees: list[yamltree.Node] = []
    unread: tuple[Unread, ...] = ()
    plain = _without_variables(source)
    try:
        trees.extend(yamltree.parse_all(plain))
    except yamltree.TreeError as error:
        offset, message = error.errors[0]
        if not trees:
            raise bad(source, offset, message, _HINT) from None
        offset = min(offset, len(source))
        unread = (Unread(Span(offset, len(source)), f"this part of the YAML cannot be read: {message}"),)
    leaves: list[Span] = []
    nodes = [_node(_Texts(source, plain), tree, leaves) for tree in trees]
    return nodes, list(_comments(source, leaves)), unread


def _without_variables(source: str) -> str:
    """The text with the variables that begin a value written as letters, at equal length.

    A template is filled in before it is YAML; as it stands, ``text: {{name}}您好`` would be a mapping, or a mistake.
    """
    if "{" not in source and "%" not in source and "[" not in source:
        return source
    source = _STATEMENT.sub(lambda match: " " * len(match[0]), source)
    return _VARIABLE.sub(lambda match: match[1] + "x" * (match.end() - match.end(1)), source)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The file, and the same with letters for variables, which is what the parser has read."""

    source: str
    plain: str

    def prose(self, scalar: yamltree.Scalar, span: Span) -> Prose:
        """What a scalar says, its variables included."""
        prose = _prose(self.plain, scalar, span)
        if self.plain == self.source:
            return prose
        parts = (
            self.source[piece.source.start : piece.source.end]
            if piece.verbatim
            else prose.text[piece.text.start : piece.text.end]
            for piece in prose.offsets.pieces
        )
        return Prose("".join(parts), prose.offsets)


def _node(texts: _Texts, tree: yamltree.Node, leaves: list[Span]) -> Node:
    if isinstance(tree, yamltree.Scalar):
        length = len(texts.source)
        span = Span(min(tree.span.start, length), min(tree.span.end, length))
        leaves.append(span)
        return Leaf(texts.prose(tree, span), span, isinstance(tree.value, str))
    if isinstance(tree, yamltree.Sequence):
        return Items(tuple(_node(texts, item, leaves) for item in tree.items))
    entries = []
    for key, value in tree.entries:
        leaves.append(key.span)
        entries.append((key.text, _node(texts, value, leaves)))
    return Fields(tuple(entries))


def _prose(source: str, scalar: yamltree.Scalar, span: Span) -> Prose:
    """The text of a scalar. Where our reading and the parser's differ, the whole value is one piece."""
    if scalar.text == source[span.start : span.end]:
        return copied(source, span)
    read: _Read | None
    if scalar.style == '"':
        read = _double_quoted(source, span)
    elif scalar.style in ("|", ">"):
        read = _lines(source, scalar.text, _block_lines(source, scalar.text, span))
    else:
        quoted = int(scalar.style == "'")
        inside = Span(span.start + quoted, max(span.end - quoted, span.start + quoted))
        read = _lines(source, scalar.text, _flow_lines(source, inside))
    if read is not None and read[1] == scalar.text:
        return _unwrapped(source, read[0])
    text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in scalar.text)
    if not text:
        return copied(source, Span(span.start, span.start))
    return Prose(text, OffsetMap((Piece(Span(0, len(text)), span, False),)))


_Read = tuple[Prose, str]


def _lines(source: str, text: str, lines: list[Span]) -> _Read | None:
    """Find the source lines of a scalar in its text one by one; between them stand folds and breaks."""
    out = TextBuilder(source)
    position = 0
    end = lines[0].start if lines else 0
    for line in lines:
        words = source[line.start : line.end]
        if not words:
            continue
        meant = words if text.startswith(words, _gap(text, position, words)) else words.replace("''", "'")
        found = _gap(text, position, meant)
        if not text.startswith(meant, found):
            return None
        out.replace(Span(end, line.start), text[position:found])
        _quoted_once(source, line, out) if meant != words else out.keep(line)
        position, end = found + len(meant), line.end
    if position < len(text):
        out.replace(Span(end, max(end, lines[-1].end if lines else end)), text[position:])
    return Prose(*out.build()), text


def _gap(text: str, position: int, words: str) -> int:
    """Where ``words`` begin after a run of blanks and breaks."""
    found = position
    while found < len(text) and text[found] in " \n" and not text.startswith(words, found):
        found += 1
    return found


def _quoted_once(source: str, line: Span, out: TextBuilder) -> None:
    """In single quotes a quote is written twice."""
    position = line.start
    while (double := source.find("''", position, line.end)) >= 0:
        out.keep(Span(position, double))
        out.replace(Span(double, double + 2), "'")
        position = double + 2
    out.keep(Span(position, line.end))


def _split(source: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _LINE_END.finditer(source, span.start, span.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, span.end)


def _flow_lines(source: str, span: Span) -> list[Span]:
    """The lines of a plain or quoted scalar, without the blanks that folding takes away."""
    lines = list(_split(source, span))
    result: list[Span] = []
    for index, line in enumerate(lines):
        text = source[line.start : line.end]
        start = line.start + (len(text) - len(text.lstrip(" \t")) if index else 0)
        end = line.start + len(text.rstrip(" \t")) if index + 1 < len(lines) else line.end
        result.append(Span(start, max(start, end)))
    return result


def _block_lines(source: str, text: str, span: Span) -> list[Span]:
    """The lines of a ``|`` or ``>`` scalar without the indentation that its first line with words has."""
    lines = list(_split(source, span))[1:]
    indent: int | None = None
    result: list[Span] = []
    first = next((line for line in text.split("\n") if line.strip(" ")), "")
    for line in lines:
        words = source[line.start : line.end]
        if indent is None and words.strip(" "):
            indent = max((len(words) - len(words.lstrip(" "))) - (len(first) - len(first.lstrip(" "))), 0)
        cut = min(indent if indent is not None else len(words), len(words))
        result.append(Span(line.start + cut, line.end))
    return result


def _double_quoted(source: str, span: Span) -> _Read:
    """The text between double quotes: escapes read, line ends folded."""
    kept = TextBuilder(source)
    text: list[str] = []
    position, end = span.start + 1, max(span.end - 1, span.start + 1)
    special = re.compile("\\\\|[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029])")
    while position < end:
        match = special.search(source, position, end)
        stop = match.start() if match else end
        kept.keep(Span(position, stop))
        text.append(source[position:stop])
        if match is None:
            break
        after, meaning = _escape(source, stop, end) if match[0] == "\\" else _fold(source, stop, end)
        kept.replace(Span(stop, after), meaning)
        text.append(meaning)
        position = after
    return Prose(*kept.build()), "".join(text)


def _escape(source: str, start: int, end: int) -> tuple[int, str]:
    match = _ESCAPE.match(source, start, end)
    if match is None:
        return start + 1, "\\"
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        fits = number < 0x110000 and not 0xD800 <= number < 0xE000
        return match.end(), chr(number) if fits else "\ufffd"
    if line_end := _LINE_END.match(source, start + 1, end):  # an escaped line end joins two lines
        after = line_end.end()
        return after + len(source[after:end]) - len(source[after:end].lstrip(" \t")), ""
    return match.end(), _MEANS.get(match[4], match[4])


def _fold(source: str, start: int, end: int) -> tuple[int, str]:
    """One line end is a space, each further one a break."""
    match = re.compile("[ \t]*(?:(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*)+").match(source, start, end)
    if match is None:
        return start + 1, source[start : start + 1]
    breaks = len(_LINE_END.findall(match[0]))
    return match.end(), "\n" * (breaks - 1) or " "


def _unwrapped(source: str, prose: Prose) -> Prose:
    """Folded line ends that divide Han characters do not count as spaces."""
    edits = []
    for piece in prose.offsets.pieces:
        start, end = piece.text.start, piece.text.end
        if piece.verbatim or start == 0 or end == len(prose.text) or prose.text[start:end] != " ":
            continue
        if _LINE_END.search(source, piece.source.start, piece.source.end):
            edits.append((start, end, glue(prose.text[start - 1], prose.text[end])))
    return edited(prose, edits)


def _comments(source: str, leaves: list[Span]) -> Iterator[Prose]:
    """Comments, that is # at the start of a line or after a blank, outside every value."""
    spans = sorted(set(leaves))
    for match in _COMMENT.finditer(source):
        index = bisect_right(spans, match.start(), key=lambda span: span.start) - 1
        if index >= 0 and match.start() < spans[index].end and not _on_header(source, spans[index], match.start()):
            continue
        words = trimmed(source, Span(*match.span(1)))
        if len(words):
            yield copied(source, words)


def _on_header(source: str, span: Span, offset: int) -> bool:
    """True when the place is in the line of the sign that begins an indented value (``text: | # why``)."""
    return source[span.start] in "|>" and not _LINE_END.search(source, span.start, offset)

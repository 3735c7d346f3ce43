"""What stands inside a line of Markdown: emphasis, code, links, images, tags, entities, escapes.

Everything here is a set of edits on prose, so that the words keep their places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection

from scriptlint.model.document import Prominence
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.readers._breaks import goes_on
from scriptlint.readers._mdhtml import HIDDEN, RUBY, SHOWN, Html, Streams, Value
from scriptlint.readers._prose import Prose, edited, entities, glue, words

_TAGS = words(
    "a abbr address article aside audio b bdi bdo big blockquote body br button caption center cite code "
    "col colgroup dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark "
    "menu meta nav nobr ol optgroup option p param pre progress q rp rt ruby s samp section select small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead "
    "time title tr tt u ul var video wbr"
)
_TOKEN = lazy_re(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<slot>\$?\{\{?[^{}\n]{0,60}\}?\}|<%[^%\n]{0,60}%>)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<auto><(?:[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>)"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<mark>\*+|_+|~~+)",
    re.DOTALL,
)
_TARGET = lazy_re(r"""\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)""")
_TITLE = lazy_re(r"""\s(?:"([^"]*)"|'([^']*)'|\(([^()]*)\))\s*\)$""")
_BREAK = lazy_re(r"<br\b[^<>]*>|\n", re.IGNORECASE)
_TAG = lazy_re(r"<[^<>]*>")
_WINDOW = 400
"""Characters before and after a break that are looked at."""
_REFERENCE = lazy_re(r"\[([^\[\]]*)\]")
_CUTS = lazy_re(r"[,，。；;、！？!?\s]")

Edit = tuple[int, int, str]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opens: bool
    closes: bool
    inside_word: bool


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of Markdown read: its words, those nobody sees, readings above characters, comments, words in tags."""

    prose: Prose
    look: Prominence | None
    beside: tuple[tuple[Prose, Prominence | None], ...]
    values: tuple[Value, ...]
    comments: tuple[Prose, ...]


def inline(prose: Prose, references: Collection[str] = (), html: Html | None = None) -> Inline:
    """Read a run of Markdown. ``references`` are the links defined, ``html`` the elements open before it."""
    html = html or Html()
    streams = Streams(html)
    breaks = sum(1 for _ in _BREAK.finditer(prose.text))
    values: list[Value] = []
    text = prose.text
    edits: list[Edit] = []
    marks: list[_Mark] = []
    brackets: list[tuple[int, int]] = []
    comments: list[Prose] = []
    position = 0
    while True:
        token = _TOKEN.search(text, position)
        if token is None:
            break
        position = token.end()
        start, end = token.span()
        kind = token.lastgroup if token.lastgroup != "name" else "tag"
        if kind == "escape":
            edits.append((start, start + 1, ""))
        elif kind == "code":
            position = _code(text, start, end, edits)
        elif kind == "comment":
            comments.append(prose.cut(start + 4, end - 3).stripped())
            edits.append((start, end, ""))
        elif kind == "auto":
            edits += [(start, start + 1, ""), (end - 1, end, "")]
        elif kind == "tag":
            name = token["name"].lower()
            if name in _TAGS:
                streams.until(text, start)
                values += html.tag(prose, start, end, name)
                streams.until(text, end)
                edits.append((start, end, _break(text, start, end, alone=breaks == 1) if name == "br" else ""))
            else:
                position = start + 1
        elif kind == "note":
            edits.append((start, end, ""))
        elif kind == "open":
            brackets.append((start, end))
        elif kind == "close" and brackets:
            opening = brackets.pop()
            position = _link(text, opening, start, references, edits)
            if position > start + 1:
                values += _titles(prose, opening, start, position, html)
        elif kind == "mark":
            marks.append(_mark(text, start, end))
    edits += _pairs(text, marks)
    edits += entities(text)
    streams.until(text, len(text))
    shown = _only(prose, edits, streams, SHOWN)
    beside = tuple(
        (words, streams.look(stream))
        for stream in (HIDDEN, RUBY)
        if stream in streams.looks and (words := _only(prose, edits, streams, stream)).text.strip()
    )
    look = streams.look(SHOWN)
    html.end_paragraph()
    return Inline(shown, look, beside, tuple(values), tuple(comments))


def _only(prose: Prose, edits: list[Edit], streams: Streams, wanted: str) -> Prose:
    """The words of one stream, with the edits that lie in them."""
    others = [(start, end) for start, end, stream in streams.stretches if stream != wanted]
    if not others:
        return edited(prose, edits)
    starts = [start for start, _ in others]

    def apart(edit: Edit) -> bool:
        index = bisect_right(starts, edit[0]) - 1
        return index < 0 or edit[0] >= others[index][1]

    return edited(prose, [*filter(apart, edits), *((start, end, "") for start, end in others)])


def _break(text: str, start: int, end: int, *, alone: bool) -> str:
    """What ``<br>`` stands for: a new line, or nothing where it only lays a phrase out."""
    before = _TAG.sub("", _BREAK.split(text[max(0, start - _WINDOW) : start])[-1])
    after = _TAG.sub("", _BREAK.split(text[end : end + _WINDOW], maxsplit=1)[0])
    return glue(before.rstrip(), after.lstrip()) if goes_on(before, after, pair=alone) else "\n"


def _titles(prose: Prose, opening: tuple[int, int], close: int, end: int, html: Html) -> list[Value]:
    """The words a link shows when pointed at. A picture without words is told."""
    text = prose.text
    target = text[close + 1 : end]
    if text[opening[0]] == "!":
        address = target.strip("()[] ").split(" ")[0].strip("<>")
        given = {"alt": text[opening[1] : close], "src": address}
        html.media.picture(given, {}, prose.offsets.to_source(Span(opening[0], end)))
    title = _TITLE.search(target) if target.startswith("(") else None
    if title is None:
        return []
    group = next(number for number in (1, 2, 3) if title[number] is not None)
    found = prose.cut(close + 1 + title.start(group), close + 1 + title.end(group))
    return [Value(found, "title", html.look.prominence)] if found.text.strip() else []


def _code(text: str, start: int, end: int, edits: list[Edit]) -> int:
    """Take the backticks off a code span; what is inside stays as written."""
    run = text[start:end]
    match = re.compile(f"(?<!`){run}(?!`)").search(text, end)
    if match is None:
        return end
    edits += [(start, end, ""), (match.start(), match.end(), "")]
    return match.end()


def _link(text: str, opening: tuple[int, int], close: int, references: Collection[str], edits: list[Edit]) -> int:
    """Keep the words of a link or image and drop its target. Brackets that are no link stay."""
    target = _TARGET.match(text, close + 1)
    end = target.end() if target else 0
    if not target:
        reference = _REFERENCE.match(text, close + 1)
        name = (reference[1] if reference else "") or text[opening[1] : close]
        if name.strip().casefold() not in references:
            return close + 1
        end = reference.end() if reference else close + 1
    edits += [(*opening, ""), (close, end, "")]
    return end


def _mark(text: str, start: int, end: int) -> _Mark:
    before, after = text[start - 1 : start], text[end : end + 1]
    run = text[start:end]
    in_word = before.isalnum() and after.isalnum()
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if run[0] == "_":  # snake_case is one word
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Mark(start, end, run, opens, closes, in_word)


def _pairs(text: str, marks: list[_Mark]) -> list[Edit]:
    """Edits that drop emphasis marks. A mark without its partner is a sign like any other."""
    edits: list[Edit] = []
    waiting: list[_Mark] = []
    for mark in marks:
        if len(mark.text) > 3 or mark.text == "~":
            continue  # **** masks a number
        partner = next((index for index in range(len(waiting) - 1, -1, -1) if waiting[index].text == mark.text), None)
        if mark.closes and partner is not None and _is_pair(text, waiting[partner], mark):
            first = waiting[partner]
            edits += [(first.start, first.end, ""), (mark.start, mark.end, "")]
            del waiting[partner:]
        elif mark.opens:
            waiting.append(mark)
            del waiting[:-50]
    return edits


def _is_pair(text: str, first: _Mark, last: _Mark) -> bool:
    inside = text[first.end : last.start]
    if not inside:
        return False
    # Stars that stand for hidden letters (李**女士，张**先生) begin inside a word too, but there the
    # next stars belong to another name.
    outer = (text[first.start - 1 : first.start].isalnum(), text[last.end : last.end + 1].isalnum())
    masked = outer[0] and (first.text == "*" or outer[1])
    return not (masked and first.text[0] == "*" and _CUTS.search(inside))

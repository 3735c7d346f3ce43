"""What stands inside a line of Markdown: emphasis, code, links, images, tags, entities, escapes.

Everything here is a set of edits on prose, so that the words keep their places.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from scriptlint.readers._prose import Prose, edited, entities, words

_TAGS = words(
    "a abbr address article aside audio b bdi bdo big blockquote body br button caption center cite code "
    "col colgroup dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark "
    "menu meta nav nobr ol optgroup option p param pre progress q rp rt ruby s samp section select small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead "
    "time title tr tt u ul var video wbr"
)
_TOKEN = re.compile(
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
_TARGET = re.compile(r"""\(\s*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)""")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_CUTS = re.compile(r"[,，。；;、！？!?\s]")

Edit = tuple[int, int, str]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opens: bool
    closes: bool
    inside_word: bool


def inline(prose: Prose, references: Collection[str] = ()) -> tuple[Prose, list[Prose]]:
    """The words of a run of Markdown, and the HTML comments in it; ``references`` are the links defined."""
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
            if token["name"].lower() in _TAGS:
                edits.append((start, end, "\n" if token["name"].lower() == "br" else ""))
            else:
                position = start + 1
        elif kind == "note":
            edits.append((start, end, ""))
        elif kind == "open":
            brackets.append((start, end))
        elif kind == "close" and brackets:
            position = _link(text, brackets.pop(), start, references, edits)
        elif kind == "mark":
            marks.append(_mark(text, start, end))
    edits += _pairs(text, marks)
    edits += entities(text)
    return edited(prose, edits), comments


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

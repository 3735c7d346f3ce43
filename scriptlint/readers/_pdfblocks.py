"""Makes blocks of the paragraphs of a PDF's pages: headings, tables, headers and footers, text over a page's end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scriptlint.model.document import Prominence, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.readers._blocks import Block, Headings
from scriptlint.readers._compose import Composer
from scriptlint.readers._grid import Cell, described
from scriptlint.readers._lines import bullet, ends_sentence, heading, starts_unit
from scriptlint.readers._pdfdrawn import Drawn
from scriptlint.readers._pdflines import BULLET_ONLY
from scriptlint.readers._pdfparagraphs import Paragraph, joint
from scriptlint.readers._pdftables import Place, tables
from scriptlint.readers._pdftags import Tag
from scriptlint.readers._raw import SpeakerNames

_EDGE = 0.12
"""The share of a page's height at top and bottom in which headers and footers stand."""
_LOW, _HIGH = 0.4, 0.6
"""How far down a page text ends, and how high on the next it begins, that goes on there."""
_LONGEST = 2_000
"""Characters of a paragraph that may go on over the end of a page."""
_PAGE_NUMBER = lazy_re(
    r"[-–—\s]*(?:第\s*)?[0-9]{1,4}\s*(?:页)?\s*(?:[/／]\s*(?:共\s*)?[0-9]{1,4}\s*页?|[,，]?\s*共\s*[0-9]{1,4}\s*页)?[-–—\s]*"
    r"|page\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?",
    re.IGNORECASE,
)
_LARGE = 1.18
"""How much larger than the body text a heading is."""
_LONGEST_HEADING = 40
_REST = lazy_re(r"[\s\d]+")


@dataclass(slots=True)
class Part:
    """A paragraph on its way to becoming a block."""

    page: int
    """From 1; 0 for what belongs to the file as a whole."""
    text: str
    look: Prominence
    scope: Scope = Scope.PARAGRAPH
    tag: Tag | None = None
    label: str = ""
    level: int = 0
    """The level of a heading, from 1; 0 for what is none."""
    follows: bool = False
    full: bool = False
    top: float = 0.0
    """How high it begins and ends on its page, from 0 to 1."""
    bottom: float = 1.0
    cell: Place | None = None
    """Its place in a table seen only in the layout."""
    locator: str = ""


@dataclass(slots=True)
class Page:
    """One page as it was read. ``height`` is that of what is shown, from ``bottom``."""

    number: int
    bottom: float = 0.0
    height: float = 0.0
    paragraphs: list[tuple[Paragraph, Tag | None]] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    notes: list[Part] = field(default_factory=list)
    """What stands in comments, form fields and the like."""


def parts(pages: Sequence[Page], titles: Sequence[tuple[int, str]]) -> list[Part]:
    """What the pages say, in order. ``titles`` is the file's outline: level and words."""
    edges = _repeated(pages)
    body = _body_size(pages)
    large = _heading_sizes(pages, body)
    outline = {_squeezed(words): level for level, words in titles}
    seen: set[tuple[Scope, str]] = set()
    found: list[Part] = []
    for page in pages:
        cells = tables(page.paragraphs, page.drawn, page.number)
        for index, (paragraph, tag) in enumerate(page.paragraphs):
            if tag is not None and tag.scope is Scope.LIST_ITEM and BULLET_ONLY.match(paragraph.text):
                continue
            scope = _edge(page, paragraph, edges)
            part = Part(page.number, paragraph.text, paragraph.look, scope or Scope.PARAGRAPH, tag)
            part.follows, part.full, part.cell = paragraph.follows, paragraph.full, cells.get(index)
            if page.height > 0:
                part.top = (paragraph.first.y - page.bottom) / page.height
                part.bottom = (paragraph.last.y - page.bottom) / page.height
            if scope is not None:
                if (scope, part.text) in seen:
                    continue  # the same on every page, so it is read on the first
                seen.add((scope, part.text))
            elif tag is not None and tag.scope is not Scope.PARAGRAPH:
                part.scope, part.level = tag.scope, tag.level
            elif part.cell is not None:
                part.scope = Scope.TABLE_CELL
            else:
                part.level = _level(paragraph, large, outline)
                part.scope = Scope.HEADING if part.level else _listed(paragraph.text)
            found.append(part)
        found += page.notes
    return found


def joined(found: Sequence[Part]) -> list[Part]:
    """The parts with paragraphs whole again that a page's end divides."""
    result: list[Part] = []
    last: Part | None = None
    for part in found:
        if part.scope in (Scope.HEADER, Scope.FOOTER, Scope.COMMENT) or part.label:
            result.append(part)
            continue
        if (
            last is not None
            and part.page == last.page + 1
            and last.full
            and len(last.text) < _LONGEST
            and last.bottom < _LOW
            and part.top > _HIGH
            and last.scope in (Scope.PARAGRAPH, Scope.LIST_ITEM)
            and part.scope is Scope.PARAGRAPH
            and _same_look(part.look, last.look)
            and not ends_sentence(last.text)
            and not starts_unit(part.text)
        ):
            last.locator = last.locator or f"p{last.page}"
            last.text = last.text + joint(last.text, part.text) + part.text
            last.page, last.full, last.bottom = part.page, part.full, part.bottom
            continue
        result.append(part)
        last = part
    return result


def blocks(found: Sequence[Part], out: Composer, names: SpeakerNames) -> list[Block]:
    """Write the parts down, and describe the cells of tables by their headers."""
    headings = Headings()
    result: list[Block] = []
    tables: dict[object, list[tuple[int, Cell]]] = {}
    for part in found:
        text = part.text
        if part.scope is Scope.LIST_ITEM:
            text = text[bullet(text) :]
        if not text.strip():
            continue
        section = headings.section if part.page else ()
        if part.scope is Scope.HEADING and part.level:
            section = headings.enter("#", part.level, text)
        if part.scope is Scope.TABLE_CELL:
            place = part.cell or ((part.tag.table, part.tag.row, part.tag.column) if part.tag else (0, 0, 0))
            header = part.tag is not None and part.tag.header
            cell = Cell(place[1], place[2], text, header)
            tables.setdefault((part.tag is None, place[0]), []).append((len(result), cell))
        locator = part.locator or f"p{part.page}"
        prose = out.add(text)
        result.append(
            Block(
                prose,
                part.scope,
                section,
                label=part.label,
                prominence=part.look if part.look != Prominence() else None,
                follows=part.follows and part.scope is Scope.PARAGRAPH,
                locator=locator,
            )
        )
    records = 0
    for cells in tables.values():
        cells.sort(key=lambda pair: (pair[1].row, pair[1].column))
        rows = [cell for _, cell in cells]
        for (index, _), block in zip(
            cells, described([result[i] for i, _ in cells], rows, names, records), strict=True
        ):
            result[index] = block
        records += max(cell.row for cell in rows) + 1
    return result


# -- headers and footers ----------------------------------------------------------------------------------


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """The words that stand at the edge of half of the pages and more, numbers aside."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({_REST.sub("", p.text) for p, _ in page.paragraphs if _at_edge(page, p)})
    enough = max(2, len(pages) / 2)
    return frozenset(words for words, times in counted.items() if times >= enough and words)


def _at_edge(page: Page, paragraph: Paragraph) -> Scope | None:
    if paragraph.first.runs[0].turn or page.height <= 0:
        return None
    high = (paragraph.first.y - page.bottom) / page.height
    low = (paragraph.last.y - page.bottom) / page.height
    if high < _EDGE:
        return Scope.FOOTER
    return Scope.HEADER if low > 1 - _EDGE else None


def _edge(page: Page, paragraph: Paragraph, repeated: frozenset[str]) -> Scope | None:
    """Header or footer, by what the file says or by what is repeated."""
    if paragraph.artifact in ("header", "footer"):
        return Scope(paragraph.artifact)
    where = _at_edge(page, paragraph)
    again = _REST.sub("", paragraph.text) in repeated or _PAGE_NUMBER.fullmatch(paragraph.text.strip())
    return where if where and again else None


# -- headings ----------------------------------------------------------------------------------


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for paragraph, _ in page.paragraphs:
            sizes[paragraph.size] += len(paragraph.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _heading_sizes(pages: Sequence[Page], body: float) -> dict[float, int]:
    """The sizes of headings with their level: the largest is 1."""
    sizes = {
        paragraph.size
        for page in pages
        for paragraph, _ in page.paragraphs
        if paragraph.size > _LARGE * body and _may_head(paragraph)
    }
    return {size: level for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _may_head(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return 1 < len(text) <= _LONGEST_HEADING and len(paragraph.lines) <= 2 and text[-1] not in "。；;，,、：:"


def _level(paragraph: Paragraph, large: dict[float, int], outline: dict[str, int]) -> int:
    if not _may_head(paragraph):
        return 0
    if paragraph.size in large and not paragraph.look.hidden:
        return large[paragraph.size]
    known = outline.get(_squeezed(paragraph.text))
    if known is not None:
        return len(large) + known
    numbered = heading(paragraph.text) if len(paragraph.lines) == 1 else None
    return 1 + len(large) + (numbered.style == "(一)") if numbered and numbered.style != "#" else 0


def _listed(text: str) -> Scope:
    return Scope.LIST_ITEM if bullet(text) else Scope.PARAGRAPH


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _same_look(first: Prominence, second: Prominence) -> bool:
    a, b = first.size_pt or 0, second.size_pt or 0
    return first.hidden == second.hidden and abs(a - b) <= 0.1 * max(a, b)

"""Opens a PDF and reads it page by page; what cannot be read is told with its page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from scriptlint.model.document import Document, Unread
from scriptlint.model.record import replace
from scriptlint.readers import _blocks, _pdfextras
from scriptlint.readers._compose import Composer
from scriptlint.readers._container import Attachment, with_attachments
from scriptlint.readers._pdfblocks import Page, Part, blocks, joined, parts
from scriptlint.readers._pdfdrawn import Box, Drawn, Run
from scriptlint.readers._pdffonts import FontBook
from scriptlint.readers._pdfopen import DAMAGE, Log, damaged, inherited, listening, opened, short, view
from scriptlint.readers._pdfpage import Pen, TooLarge
from scriptlint.readers._pdfparagraphs import Paragraph, paragraphs
from scriptlint.readers._pdftags import Tag, Tags
from scriptlint.readers._raw import RawFile

MOST_PAGES = 2_000
MOST_OPERATORS = 6_000_000
"""Drawing operators of all pages together: about three thousand full pages."""
_ICON = 60.0
"""Points up to which the shorter side of a picture is a logo, an icon or a line."""
_OUTLINED = 60
"""Shapes from which a page without text may hold letters drawn as shapes."""
_MOST_UNKNOWN = 2


def document(raw: RawFile) -> Document:
    """Read a PDF. Raises ReadError when it is encrypted or cannot be opened."""
    with listening() as log:
        file = opened(raw.data)
        reading = _Reading(file, log)
        try:
            reading.all_pages()
        except DAMAGE as error:
            if not reading.pages:
                raise damaged(error) from error
            reading.unread.append(Unread(None, f"the rest of this PDF is damaged: {short(error)}"))
        out = Composer()
        found = joined(parts(reading.pages, reading.titles))
        made = blocks([*found, *reading.unseen(found)], out, raw.options.speakers)
        whole = _blocks.document(
            raw,
            out.decoded(),
            "pdf",
            _blocks.Reading(made, {}, tuple(reading.unread), tuple(reading.notes)),
        )
        return with_attachments(whole, reading.attachments, raw.options)


class _Reading:
    """What has been read of a file so far."""

    def __init__(self, file: PdfReader, log: Log) -> None:
        self._log = log
        self.pages: list[Page] = []
        self.unread: list[Unread] = []
        self.notes: list[str] = []
        self.attachments: list[Attachment] = []
        self.titles: list[tuple[int, str]] = []
        self.properties: list[Part] = []
        self._file = file
        self._fonts = FontBook()
        self._budget = MOST_OPERATORS
        self._icons = 0

    def all_pages(self) -> None:
        """Read all pages and what belongs to the file as a whole."""
        root = self._file.root_object
        lost = self._log.taken()
        if lost:
            self.unread.append(Unread(None, f"a part of this PDF may be missing: {lost}"))
        tags = self._try(lambda: Tags(root)) or Tags(DictionaryObject())
        layers = self._try(lambda: _pdfextras.hidden_layers(root)) or frozenset()
        count = len(self._file.pages)
        for index in range(min(count, MOST_PAGES)):
            number = index + 1
            page = Page(number)
            self.pages.append(page)
            try:
                self._page(page, self._file.pages[index], tags, layers)
            except TooLarge:
                self._tell(number, "this page draws more than is read")
            except DAMAGE as error:
                self._log.taken()
                self._tell(number, f"this page is damaged: {short(error)}")
            lost = self._log.taken()
            if lost:
                self._tell(number, f"a part of this page is damaged: {lost}")
            if self._budget <= 0:
                self._tell(number, f"pages {number + 1} to {count}, for this file draws more than is read")
                break
        else:
            if count > MOST_PAGES:
                self.unread.append(
                    Unread(
                        None,
                        f"{count - MOST_PAGES} of {count} pages, for no more than {MOST_PAGES} are read",
                        f"p{MOST_PAGES + 1}",
                    )
                )
        self._whole(root)

    def _whole(self, root: DictionaryObject) -> None:
        self.titles = self._try(lambda: _pdfextras.outline(self._file)) or []
        self.properties = self._try(lambda: _pdfextras.properties(self._file)) or []
        self.attachments = self._try(lambda: _pdfextras.attachments(self._file)) or []
        if self._try(lambda: _pdfextras.is_xfa(root)):
            self.unread.append(Unread(None, "an XFA form; print it as PDF and check that"))
        if self._icons:
            self.notes.append(f"{self._icons} small pictures (logos, icons) were not looked at")

    def _try(self, ask: Any) -> Any:
        """What a part of the file says; None, and told, when it is damaged."""
        try:
            return ask()
        except DAMAGE as error:
            self.unread.append(Unread(None, f"a part of this PDF is damaged: {short(error)}"))
            return None

    def _tell(self, page: int, reason: str) -> None:
        self.unread.append(Unread(None, reason, f"p{page}"))

    def unseen(self, found: Sequence[Part]) -> list[Part]:
        """Bookmarks and properties whose words stand on no page: a viewer shows them beside the pages."""
        said = "".join("".join(part.text.split()) for part in found)
        marks = [_pdfextras.part(0, words, label="bookmark", locator="bookmarks") for _, words in self.titles]
        return [part for part in (*marks, *self.properties) if "".join(part.text.split()) not in said]

    # -- one page -----------------------------------------------------------------------------------------

    def _page(self, page: Page, source: PageObject, tags: Tags, layers: frozenset[int]) -> None:
        box, start = view(source)
        page.bottom, page.height = box[1], box[3] - box[1]
        pen = Pen(box, start, self._fonts, layers, self._budget)
        try:
            self._draw(pen, source)
        finally:
            # What was drawn before the damage is read.
            self._budget = pen.budget
            marks = tags.of(source)
            page.paragraphs = _arranged(pen.drawn, marks)
            page.drawn = pen.drawn
            self._pictures(page, pen.drawn, box, tags.alternatives(source))
        notes = _pdfextras.notes_on(source, page.number)
        page.notes += notes.parts
        self.unread += notes.unread
        if notes.drawn and not page.paragraphs:
            self.unread = [part for part in self.unread if part.locator != f"p{page.number}"]

    def _draw(self, pen: Pen, source: PageObject) -> None:
        contents = source.get("/Contents")
        if contents is None:
            return
        content = ContentStream(contents.get_object(), self._file, "bytes")
        resources = inherited(source, "/Resources")
        pen.follow(content, resources if isinstance(resources, DictionaryObject) else {})

    def _pictures(self, page: Page, drawn: Drawn, box: Box, words: Sequence[str]) -> None:
        """Tell of what cannot be read: pictures, letters drawn as shapes, fonts without meaning."""
        area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
        large = [image for image in drawn.images if min(image[2] - image[0], image[3] - image[1]) > _ICON]
        self._icons += len(drawn.images) - len(large)
        for alternative in words:
            page.notes.append(_pdfextras.part(page.number, alternative, label="alt"))
        has_text = any(run.text.strip() for run in drawn.runs)
        widest = max(((image[2] - image[0]) * (image[3] - image[1]) / area for image in large), default=0.0)
        if not has_text and large:
            self._tell(page.number, "this page is a picture (a scan?)")
        elif has_text and widest > 0.8 and all(run.hidden for run in drawn.runs if run.text.strip()):
            page.paragraphs = [(_shown(paragraph), tag) for paragraph, tag in page.paragraphs]
            self.notes.append(f"p{page.number}: the text of this scan was recognised by machine and may be wrong")
        elif len(large) > len(words):
            number = len(large) - len(words)
            self._tell(page.number, f"{number} picture{'s' if number > 1 else ''} ({widest:.0%} of the page)")
        if not has_text and not large and drawn.shapes >= _OUTLINED:
            self._tell(page.number, "this page holds drawings but no text: letters may be drawn as shapes")
        if drawn.unknown > _MOST_UNKNOWN:
            self._tell(page.number, f"{drawn.unknown} characters, for their font does not say what they are")


def _shown(paragraph: Paragraph) -> Paragraph:
    """A paragraph of a scan: its text lies unseen over the picture that shows it."""
    for line in paragraph.lines:
        line.runs = [replace(run, hidden=False) for run in line.runs]
    return paragraph


def _arranged(drawn: Drawn, marks: dict[int, Tag]) -> list[tuple[Paragraph, Tag | None]]:
    """The paragraphs of a page in the order in which their first words were drawn."""
    groups: dict[tuple[int, int, bool, str], list[Run]] = {}
    first: dict[tuple[int, int, bool, str], int] = {}
    tag_of: dict[int, Tag] = {tag.key: tag for tag in marks.values()}
    for index, run in enumerate(drawn.runs):
        tag = None if run.artifact or run.mark is None else marks.get(run.mark)
        key = (tag.key if tag else 0, run.turn, run.hidden, run.artifact)
        groups.setdefault(key, []).append(run)
        first.setdefault(key, index)
    nothing = Drawn()
    order = {id(run): index for index, run in enumerate(drawn.runs)}
    found: list[tuple[int, Paragraph, Tag | None]] = []
    for (element, turn, _, artifact), runs in groups.items():
        for paragraph in paragraphs(runs, nothing if turn else drawn):
            paragraph.artifact = artifact
            place = min(order.get(id(run), 0) for run in paragraph.first.runs)
            found.append((place, paragraph, tag_of.get(element)))
    found.sort(key=lambda entry: entry[0])
    ordered = [(paragraph, tag) for _, paragraph, tag in found if paragraph.text]
    if _is_disorder([paragraph for paragraph, _ in ordered]):
        ordered.sort(key=lambda entry: (entry[0].first.runs[0].turn, -entry[0].first.y, entry[0].first.x))
    return ordered


def _is_disorder(paragraphs: Sequence[Paragraph]) -> bool:
    """True when text was drawn as much upwards as downwards, so that the order of drawing says nothing."""
    up = down = 0
    for before, after in pairwise(paragraphs):
        a, b = before.first, after.first
        if min(a.end, b.end) > max(a.x, b.x):
            up += b.y > a.y + 0.3 * b.size
            down += b.y <= a.y + 0.3 * b.size
    return up > 1 and up * 3 > down

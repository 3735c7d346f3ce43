"""Puts a message together: what its reader sees, in the order in which it is seen, and the files that come with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scriptlint.model.document import Document, ReadError, Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field, replace
from scriptlint.readers import _blocks, _htmlblocks, _plainblocks
from scriptlint.readers._blocks import Block, Headings
from scriptlint.readers._compose import Composer
from scriptlint.readers._container import Attachment, shown_name, with_attachments
from scriptlint.readers._mime import MOST_PARTS, Part, header, is_cut_off, message, parts
from scriptlint.readers._raw import MOST_PIECES, RawFile, pieces

_SMALL_PICTURE = 8_000
"""Bytes up to which a picture is an icon, a logo or a counter of readers."""
_SIGNATURES = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-vcard")
)
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"))
_RESOURCES = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/")
"""What a saved page brings along and nobody reads."""
_QUOTED = lazy_re(r"[ \t]{0,3}((?:>[ \t]?)+)")
_WORDS = lazy_re(r"[\W_]+")
_MOST_EFFORT = 2_000_000_000
"""Characters gone through to find out what a page says too: some seconds."""


@dataclass(slots=True)
class _Message:
    """What has been gathered of a message."""

    blocks: list[Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    pieces: int = 0
    """Lines and elements of all texts so far."""


def document(raw: RawFile) -> Document:
    """Read a message. Raises ReadError when it is none."""
    parsed = message(raw.data)
    out = Composer()
    found = _Message()
    headings = Headings()
    subject = header(parsed, "Subject")
    if subject:
        headings.enter("title", 1, subject)
        found.blocks.append(Block(out.add(subject), Scope.HEADING, locator="subject"))
    listed = list(parts(parsed))
    if is_cut_off(parsed):
        found.unread.append(Unread(None, "the end of this message is missing"))
    if len(listed) >= MOST_PARTS:
        found.unread.append(Unread(None, f"parts of this message after the first {MOST_PARTS}"))
    _bodies(raw, listed, found, out, headings.section)
    _files(listed, found)
    whole = _blocks.document(
        raw,
        out.decoded(next((part.charset for part in listed if part.charset), "utf-8")),
        "mail",
        _blocks.Reading(found.blocks, found.facts, tuple(found.unread), tuple(found.notes)),
    )
    return with_attachments(whole, found.attachments, raw.options)


# -- text -------------------------------------------------------------------------------------------------


def _bodies(raw: RawFile, listed: Sequence[Part], found: _Message, out: Composer, section: tuple[str, ...]) -> None:
    """The texts of the message. Of alternatives the page is what people see; plain text adds what it lacks."""
    sheets = [text for part in listed if part.kind == "text/css" and (text := _text(part, found)) is not None]
    shown: dict[int, _Said] = {}
    icons = _icons(listed)
    for part in _in_order([part for part in listed if _is_body(part)]):
        text = _text(part, found)
        if text is None:
            continue
        if part.damaged:
            found.unread.append(Unread(None, "a text of this message is damaged, so words may be missing"))
        if part.kind == "text/html":
            reading = _htmlblocks.reading(text, raw.options.speakers, sheets, icons)
            where = ""
        else:
            reading = _plain(_unflowed(text, deleted_spaces=part.deleted_spaces) if part.flowed else text)
            where = "plain text" if shown.get(part.alternatives) else ""
        known = shown.setdefault(part.alternatives, _Said()) if part.alternatives else _Said()
        blocks = [block for block in reading.blocks if not known.has(block.prose.text)]
        known.add([block.prose.text for block in reading.blocks])
        found.blocks += _rewritten(blocks, out, section, where)
        found.unread += [replace(told, span=None, locator=told.locator or where) for told in reading.unread]
        found.notes += reading.notes
        for key, values in reading.facts.items():
            found.facts.setdefault(key, values)


def _in_order(bodies: Sequence[Part]) -> list[Part]:
    """The texts in order, the page of alternatives first, so that the plain text can be compared with it."""
    first: dict[int, int] = {}
    for index, part in enumerate(bodies):
        if part.alternatives:
            first.setdefault(part.alternatives, index)
    places = [(first.get(part.alternatives, index), part.kind != "text/html") for index, part in enumerate(bodies)]
    return [bodies[index] for index in sorted(range(len(bodies)), key=lambda index: (*places[index], index))]


def _icons(listed: Sequence[Part]) -> frozenset[str]:
    """How a page names those pictures that came with it and are too small to hold words."""
    small = [part for part in listed if part.kind.startswith("image/") and len(part.data) <= _SMALL_PICTURE]
    names = {f"cid:{part.content_id}" for part in small if part.content_id}
    return frozenset(names | {part.location for part in small if part.location})


def _is_body(part: Part) -> bool:
    return part.kind in ("text/plain", "text/html") and not part.attached


class _Said:
    """The words of a page, to leave them out of the plain text that comes with it."""

    def __init__(self) -> None:
        self._blocks: set[str] = set()
        self._whole: list[str] = []
        self._effort = _MOST_EFFORT

    def add(self, texts: Sequence[str]) -> None:
        self._blocks.update(map(_squeezed, texts))
        self._whole.append(_squeezed("".join(texts)))

    def has(self, text: str) -> bool:
        """True for words that were said. What would take too long to find is read twice instead."""
        words = _squeezed(text)
        if words in self._blocks:
            return True
        self._effort -= sum(map(len, self._whole))
        return self._effort > 0 and any(words in whole for whole in self._whole)


def _squeezed(text: str) -> str:
    return _WORDS.sub("", text).lower()


def _text(part: Part, found: _Message) -> str | None:
    try:
        text = part.text()
    except ReadError as error:
        found.unread.append(Unread(None, f"a text of this message cannot be decoded: {error.message}"))
        return None
    found.pieces += pieces(text, "<" if part.kind == "text/html" else "")
    if found.pieces > MOST_PIECES:
        found.unread.append(Unread(None, f"a text of this message: more than the {MOST_PIECES} lines that are read"))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rewritten(blocks: Sequence[Block], out: Composer, section: tuple[str, ...], where: str) -> list[Block]:
    """Blocks of a text inside the message, written into its own."""
    return [
        replace(block, prose=out.add(block.prose.text), section=(*section, *block.section), locator=where)
        for block in blocks
        if block.prose.text.strip()
    ]


def _plain(text: str) -> _blocks.Reading:
    """A plain text with what it quotes of earlier messages: the same words without the signs, named as quoted."""
    runs: list[tuple[int, list[str]]] = []
    for line in text.split("\n"):
        match = _QUOTED.match(line)
        quoted = match[1].count(">") if match else 0
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(line[match.end() :] if match else line)
    blocks: list[Block] = []
    facts: dict[str, tuple[str, ...]] = {}
    unread: list[Unread] = []
    for quoted, lines in runs:
        reading = _plainblocks.reading("\n".join(lines))
        blocks += [replace(block, label="quoted") if quoted else block for block in reading.blocks]
        facts.update(reading.facts)
        unread += reading.unread
    return _blocks.Reading(blocks, facts, tuple(unread))


def _unflowed(text: str, *, deleted_spaces: bool) -> str:
    """Text in ``format=flowed`` with its wrapped lines whole again (RFC 3676)."""
    lines: list[str] = []
    open_quote: str | None = None
    for line in text.split("\n"):
        match = re.match(r">*", line)
        quote = match[0] if match else ""
        words = line[len(quote) :].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if flows and deleted_spaces:
            words = words[:-1]
        if open_quote == quote and lines:
            lines[-1] += words
        else:
            lines.append(f"{quote} {words}" if quote else words)
        open_quote = quote if flows else None
    return "\n".join(line.rstrip() for line in lines)


# -- files ------------------------------------------------------------------------------------------------


def _files(listed: Sequence[Part], found: _Message) -> None:
    """What comes with the message: files to be read by their own readers, pictures, and what is sealed."""
    pages = "".join(part.data.decode("latin-1") for part in listed if part.kind == "text/html" and not part.attached)
    small = 0
    for part in listed:
        where = f"attachment {shown_name(part.name)}"
        if _is_body(part) or part.kind in _SIGNATURES or part.kind == "text/css":
            continue
        if part.kind in _SEALED or part.name.lower() == "winmail.dat":
            what = (
                "a sealed message of Outlook" if part.name.lower() == "winmail.dat" else "an encrypted or sealed part"
            )
            found.unread.append(Unread(None, what, where))
        elif part.kind.startswith(_RESOURCES):
            continue
        elif part.kind.startswith("image/"):
            # A picture that the page shows has been judged there, by its words.
            if _is_shown(part, pages):
                continue
            if len(part.data) <= _SMALL_PICTURE:
                small += 1
            else:
                found.unread.append(Unread(None, "a picture", where))
        elif part.kind == "text/html" and _is_shown(part, pages):
            found.attachments.append(Attachment(part.name, part.data, "html"))
        else:
            reader = "mail" if part.kind == "message/rfc822" else None
            found.attachments.append(Attachment(_named(part), part.data, reader))
        if part.damaged:
            found.unread.append(Unread(None, "this part is damaged, so words may be missing", where))
    if small:
        found.notes.append(f"small pictures (logos, icons) not looked at: {small}")


def _named(part: Part) -> str:
    """The name of an attached file; a text without a suffix is one."""
    return f"{part.name}.txt" if part.kind.startswith("text/") and "." not in part.name else part.name


def _is_shown(part: Part, pages: str) -> bool:
    return bool(part.content_id and f"cid:{part.content_id}" in pages) or bool(part.location and part.location in pages)

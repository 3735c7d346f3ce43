"""What a PDF holds beside its pages: comments, form fields, bookmarks, properties, attached files."""

from __future__ import annotations

import re
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from scriptlint.model.document import Prominence, Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.readers._container import Attachment
from scriptlint.readers._pdfblocks import Part

_HAN = lazy_re("[\u3400-\u9fff]")
_MOST = 2_000
_DEEPEST = 30
_HIDDEN_FLAGS = 0b100010  # hidden, and no view on the screen
_MEDIA = {
    "Screen": "a film or sound",
    "Movie": "a film",
    "Sound": "a sound",
    "RichMedia": "a film or other media",
    "3D": "a model in three dimensions",
}


@dataclass(slots=True)
class Notes:
    """What stands over a page. ``drawn`` is True when some of it is text that the page shows."""

    parts: list[Part] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    drawn: bool = False


def part(page: int, words: str, *, scope: Scope = Scope.VALUE, label: str = "", locator: str = "") -> Part:
    """Words that stand beside the text of a page."""
    return Part(page, " ".join(words.split("\x00")).strip(), Prominence(), scope, label=label, locator=locator)


def notes_on(page: PageObject, number: int) -> Notes:
    """Comments, texts typed over a page, form fields and media of one page."""
    notes = Notes()
    listed = page.get("/Annots")
    entries = listed.get_object() if listed is not None else None
    if not isinstance(entries, ArrayObject):
        return notes
    for index, entry in enumerate(entries):
        if index == _MOST:
            notes.unread.append(
                Unread(
                    None, f"{len(entries) - _MOST} comments and fields, for no more than {_MOST} are read", f"p{number}"
                )
            )
            break
        annotation = entry.get_object()
        if isinstance(annotation, DictionaryObject):
            _annotation(annotation, number, notes)
    return notes


def _annotation(given: DictionaryObject, number: int, notes: Notes) -> None:
    kind = str(given.get("/Subtype", "")).removeprefix("/")
    words = _text(given.get("/Contents"))
    if kind in _MEDIA:
        notes.unread.append(Unread(None, _MEDIA[kind], f"p{number}"))
    elif kind == "Widget":
        _field(given, number, notes)
    elif kind == "FreeText" and words:
        hidden = bool(int(given.get("/F", 0)) & _HIDDEN_FLAGS)
        shown = part(number, words, scope=Scope.PARAGRAPH)
        shown.look = Prominence(hidden=hidden)
        notes.parts.append(shown)
        notes.drawn = True
    elif words and kind not in ("Popup", "Link"):
        notes.parts.append(part(number, words, scope=Scope.COMMENT, locator=f"p{number} / comment"))
    elif kind == "Stamp" and not words:
        notes.unread.append(Unread(None, "a stamp", f"p{number}"))


def _field(given: DictionaryObject, number: int, notes: Notes) -> None:
    """A form field: what stands in it, what its button says, and what is told about it."""
    name = _inherited(given, "/TU") or _inherited(given, "/T")
    label = _text(name)
    kind = str(_inherited(given, "/FT") or "")
    value = _inherited(given, "/V")
    hidden = bool(int(given.get("/F", 0)) & _HIDDEN_FLAGS)
    shown = [(kept, label) for kept in _values(value) if kind in ("/Tx", "/Ch")]
    options = _inherited(given, "/Opt")
    if isinstance(options, ArrayObject) and kind == "/Ch":
        said = {kept for kept, _ in shown}
        for option in options[:_MOST]:
            last = option.get_object()
            words = _text(last[-1] if isinstance(last, ArrayObject) and last else last)
            if words not in said:
                shown.append((words, label))
    style = given.get("/MK")
    style = style.get_object() if style is not None else None
    if isinstance(style, DictionaryObject) and len(_text(style.get("/CA"))) > 1:
        shown.append((_text(style.get("/CA")), label))
    for words, about in shown:
        if words.strip():
            entry = part(number, words, label=about or "field", locator=f"p{number} / field {about}".rstrip())
            entry.look = Prominence(hidden=hidden)
            notes.parts.append(entry)
    told = _text(given.get("/TU"))
    if _HAN.search(told):
        notes.parts.append(part(number, told, label="tooltip", locator=f"p{number} / field"))
    notes.drawn = notes.drawn or bool(shown)


def _values(value: Any) -> list[str]:
    if isinstance(value, ArrayObject):
        return [_text(entry) for entry in value[:_MOST]]
    if isinstance(value, StreamObject):
        return [value.get_data().decode("utf-8", errors="replace")]
    return [_text(value)] if value is not None else []


def _inherited(given: DictionaryObject, key: str) -> Any:
    node: Any = given
    for _ in range(_DEEPEST):
        if not isinstance(node, DictionaryObject):
            return None
        if key in node:
            return node[key].get_object()
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None


def _text(value: Any) -> str:
    """A text string of the file, lone halves of characters taken out."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, bytes):
        value = value.decode("gb18030", errors="replace")
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", errors="ignore").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").strip()


# -- the file as a whole ----------------------------------------------------------------------------------


def outline(file: PdfReader) -> list[tuple[int, str]]:
    """The bookmarks: level from 1 and words."""
    found: list[tuple[int, str]] = []
    waiting: list[tuple[int, Any]] = [(1, entry) for entry in reversed(file.outline)]
    while waiting and len(found) < _MOST:
        level, entry = waiting.pop()
        if isinstance(entry, list):
            waiting += [(level + 1, inner) for inner in reversed(entry)]
        else:
            words = _text(getattr(entry, "title", None))
            if words:
                found.append((min(level, 6), words))
    return found


def properties(file: PdfReader) -> list[Part]:
    """Title, subject and keywords, where they are prose and no file name."""
    about = file.metadata
    if about is None:
        return []
    named = (("title", about.get("/Title")), ("subject", about.get("/Subject")), ("keywords", about.get("/Keywords")))
    return [
        part(0, _text(value), label=name, locator="properties")
        for name, value in named
        if _HAN.search(_text(value)) and not re.search(r"\.[A-Za-z]{2,5}$", _text(value))
    ]


def attachments(file: PdfReader) -> list[Attachment]:
    """The files inside the file."""
    return [Attachment(name, bytes(data)) for name, versions in file.attachments.items() for data in versions if data]


def is_xfa(root: DictionaryObject) -> bool:
    """True when the pages are only a stand-in for a form described in XML."""
    form = root.get("/AcroForm")
    given = form.get_object() if form is not None else None
    return isinstance(given, DictionaryObject) and "/XFA" in given


def hidden_layers(root: DictionaryObject) -> frozenset[int]:
    """The numbers of the layers that are switched off."""
    given = root.get("/OCProperties")
    layers = given.get_object() if given is not None else None
    default = layers.get("/D") if isinstance(layers, DictionaryObject) else None
    state = default.get_object() if default is not None else None
    off = state.get("/OFF") if isinstance(state, DictionaryObject) else None
    entries = off.get_object() if off is not None else None
    if not isinstance(entries, ArrayObject):
        return frozenset()
    return frozenset(int(getattr(entry, "idnum", 0)) for entry in entries)

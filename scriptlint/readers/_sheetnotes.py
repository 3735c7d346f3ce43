"""Comments on cells and the headers and footers of printed pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from scriptlint.model.lazy import lazy_re
from scriptlint.readers._ooxml import child, children, inside, related, unescaped
from scriptlint.readers._package import Package
from scriptlint.readers._sheetextras import reference

Place = tuple[int, int]

_CODE = lazy_re(r'&(?:"[^"]*"?|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]{1,3}|(?P<sign>.)|$)', re.DOTALL)


def comments(package: Package, sheet: str) -> Iterator[tuple[Place, str]]:
    """The comments of a sheet with their cells, conversations in their order. Raises ReadError."""
    answered: set[Place] = set()
    for link in related(package, sheet, "threadedComment"):
        for comment in inside(package.xml(link.target), "threadedComment"):
            place = reference(comment.get("ref", ""))
            text = child(comment, "text")
            if place and text is not None:
                answered.add(place)
                yield place, unescaped("".join(text.itertext()))
    for link in related(package, sheet, "comments"):
        root = package.xml(link.target)
        listed = child(root, "authors")
        authors = ["".join(author.itertext()) for author in children(listed)] if listed is not None else []
        for comment in inside(root, "comment"):
            place = reference(comment.get("ref", ""))
            number = comment.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            # What older programs are shown in place of a conversation says nothing of its own.
            if place and not (place in answered and author.startswith("tc=")):
                yield place, _without_author(_rich(child(comment, "text")), author)


def page_texts(coded: str) -> tuple[list[str], bool]:
    """The left, middle and right text of a page header or footer, and whether it shows a picture too."""
    parts = [""]
    picture = False
    position = 0
    for match in _CODE.finditer(coded):
        parts[-1] += coded[position : match.start()]
        position = match.end()
        sign = (match["sign"] or "").upper()
        if sign == "&":
            parts[-1] += "&"
        elif sign in ("L", "C", "R"):
            parts.append("")
        picture = picture or sign == "G"
    parts[-1] += coded[position:]
    return [text for part in parts if (text := unescaped(part).strip())], picture


def _rich(text: Element | None) -> str:
    """The text of a comment; how it is pronounced is left out."""
    if text is None:
        return ""
    aloud = {id(part) for phonetic in inside(text, "rPh") for part in phonetic}
    parts = [part.text or "" for part in inside(text, "t") if id(part) not in aloud]
    return unescaped("".join(parts))


def _without_author(text: str, author: str) -> str:
    """Excel begins a comment with the name of who writes it."""
    for colon in (":", "："):
        if author and text.startswith(author + colon):
            return text[len(author) + 1 :].lstrip()
    return text

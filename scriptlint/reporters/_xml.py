"""XML as strings: escaped, indented, and free of the characters that XML has no way to write."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring

from scriptlint.model.lazy import lazy_re

_ILLEGAL = lazy_re("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with a stand-in for control characters and halves of characters."""
    return _ILLEGAL.sub("\ufffd", text)


def document(root: Element) -> str:
    """A whole document in UTF-8."""
    for element in root.iter():
        for name, value in element.attrib.items():
            element.set(name, legal(value))
        element.text = legal(element.text) if element.text else None
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'

"""Small steps in trees of Office XML. Elements are known by their local names: prefixes and versions differ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from scriptlint.model.document import ReadError
from scriptlint.model.lazy import lazy_re
from scriptlint.readers._package import Package, Relation

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ESCAPED = lazy_re("_x([0-9A-Fa-f]{4})_")
_BREAKS = lazy_re("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML forbids but an escape can say, and halves of characters: neither is text.
_CONTROLS = lazy_re("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def children(element: Element) -> Iterator[Element]:
    """The elements inside, where a file offers several versions (``mc:AlternateContent``) only the first.

    The others say the same for older programs.
    """
    for child in element:
        if local(child) == "AlternateContent":
            for version in child:
                if len(version):
                    yield from children(version)
                    break
        else:
            yield child


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of a path of local names, each the first of its name; None when there is none."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in children(element) if local(inner) == name), None)
    return element


def inside(element: Element, *names: str) -> Iterator[Element]:
    """All elements below of these local names, in order, only one of several versions."""
    # An own stack: the tree may be as deep as a package allows.
    stack = [children(element)]
    while stack:
        for inner in stack[-1]:
            if local(inner) in names:
                yield inner
            stack.append(children(inner))
            break
        else:
            stack.pop()


def truth(text: str | None, default: bool = False) -> bool:
    """A yes or no of an attribute."""
    return default if text is None else text.strip().lower() in ("1", "true", "on")


def unescaped(text: str) -> str:
    """Text as an Office program shows it: ``_x000D_`` read, every line break one LF."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return clean(text)


def clean(text: str) -> str:
    """Text with every line break as LF and without characters that are none."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


def main_part(package: Package, root: str, name: str) -> tuple[str, Element]:
    """The part a package is about and its tree, which must begin with the element ``root``.

    Raises ReadError when it has none or is a file of another kind; ``name`` is what files of this kind are called.
    """
    main = next((link.target for link in package.relations("").values() if link.kind == "officeDocument"), None)
    if main is None or not package.has(main):
        raise ReadError(f"this is not {name}", hint="check the suffix, or save it anew in the program that made it")
    if not main.endswith(".xml"):
        raise ReadError(f"this is not {name} of XML parts but a binary one", hint="save it without “binary”")
    tree = package.xml(main)
    if local(tree) != root:
        raise ReadError(f"this is not {name}: it holds a {local(tree)}", hint="give it the suffix of what it is")
    return main, tree


def related(package: Package, part: str, *kinds: str) -> list[Relation]:
    """The links of a part of these kinds to parts that exist."""
    return [link for link in package.relations(part).values() if link.kind in kinds and package.has(link.target)]

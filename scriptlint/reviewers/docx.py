"""Word: each remark as a comment at its words. Nothing else in the file changes by a byte.

Word shows no comments in headers, footers, notes and text boxes ([MS-OI29500] 2.1.315), so a remark about a note or a
text box stands where the text refers to it, one about a header at the first paragraph; each then names its place.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from datetime import UTC

from scriptlint.model.document import Document, ReadError
from scriptlint.readers import RawFile
from scriptlint.reviewers import Annotated, Marking, Remark

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

MOST_COMMENTS = 32_767
"""How many comments Word opens a file with."""

_PLACE = {"zh": "位置：", "en": "Place: "}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The same in strict Office XML.
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def annotate(raw: RawFile, document: Document, remarks: Sequence[Remark], marking: Marking) -> Annotated:  # noqa: ARG001
    """The bytes of a copy with the remarks as comments. Raises ReadError when the file cannot be written."""
    from scriptlint.readers._docxstyles import W
    from scriptlint.readers._docxwalk import Walker
    from scriptlint.readers._package import Package
    from scriptlint.reviewers import _rawxml as rawxml
    from scriptlint.reviewers._docxmarks import Marks
    from scriptlint.reviewers._packages import copied

    if not remarks:
        return Annotated(raw.data)
    package = Package(raw.data)
    walker = Walker(package, raw.options)
    walker.reading()
    parts = walker.parts
    main = package.read(parts.main)
    strict = _STRICT_WORD.encode() in rawxml.as_utf8(main)[:4096]
    namespace, link_type = (_STRICT_WORD, _STRICT_LINKS) if strict else (_WORD, _LINKS)
    used = [*parts.comments, *(mark.get(W + "id", "") for mark in parts.root.iter(W + "commentReference"))]
    number = max((int(name) for name in used if name.isdecimal() and len(name) < 10), default=-1)
    if len(set(used)) + len(remarks) > MOST_COMMENTS:
        raise ReadError(
            f"{len(remarks)} comments are more than Word opens a file with",
            hint="choose rules with --select, or split the file",
        )
    marks = Marks(parts.root, main, walker.page.places, namespace)
    elsewhere: list[Remark] = []
    written: list[str] = []
    for remark in remarks:
        number += 1
        there = marks.mark(number, remark.span)
        if not there:
            elsewhere.append(remark)
        place = "" if there or not remark.locator else f"{_PLACE.get(marking.lang, _PLACE['en'])}{remark.locator}\n"
        written.append(_comment(number, place + remark.text, marking, namespace))
    changed = {parts.main: marks.written()}
    new = "".join(written).encode()
    name = next((link.target for link in parts.links.values() if link.kind == "comments"), None)
    if name is not None and package.has(name):
        changed[name] = rawxml.with_child(package.read(name), new)
    else:
        folder, base = posixpath.split(parts.main)
        name = posixpath.join(folder, "comments.xml")
        if package.has(name):
            name = posixpath.join(folder, "comments-scriptlint.xml")
        links = posixpath.join(folder, "_rels", base + ".rels")
        empty = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
        changed[name] = f'<w:comments xmlns:w="{namespace}">'.encode() + new + b"</w:comments>"
        changed[links] = rawxml.with_child(
            package.read(links) if package.has(links) else empty,
            f'<Relationship xmlns="{_RELATIONSHIPS}" Id="rIdScriptlint{number}" Type="{link_type}/comments" '
            f'Target="{posixpath.basename(name)}"/>'.encode(),
        )
        changed["[Content_Types].xml"] = rawxml.with_child(
            package.read("[Content_Types].xml"),
            f'<Override xmlns="{_TYPES}" PartName="/{name}" ContentType="{_COMMENTS}"/>'.encode(),
        )
    return Annotated(copied(raw.data, changed), tuple(elsewhere))


def _comment(number: int, text: str, marking: Marking, namespace: str) -> str:
    """One comment. Its size and indent are its own: the document's ordinary text may be large and indented."""
    from scriptlint.reviewers._rawxml import escaped

    lines = text.split("\n")
    look = '<w:rPr><w:sz w:val="18"/></w:rPr>'
    paragraphs = "".join(
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
        f"{'<w:r><w:annotationRef/></w:r>' if index == 0 else ''}"
        f'<w:r>{look}<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>'
        for index, line in enumerate(lines)
    )
    return (
        f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{escaped(marking.author)}" '
        f'w:date="{marking.written.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" w:initials="{escaped(marking.initials)}">{paragraphs}</w:comment>'
    )

"""Comments on slides, of the old kind (beside a slide) and the new (on a shape, with answers)."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.record import dataclass
from scriptlint.readers._drawing import plain_paragraphs
from scriptlint.readers._ooxml import child, clean, inside, related
from scriptlint.readers._package import Package


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a slide. ``shape`` is the id of the shape it is about; empty for the slide."""

    text: str
    shape: str


def comments(package: Package, slide: str) -> Iterator[Comment]:
    """The comments on a slide, answers after what they answer. Raises ReadError when they are damaged."""
    for link in related(package, slide, "comments"):
        for comment in inside(package.xml(link.target), "cm"):
            about = next(
                (mark.get("id", "") for mark in inside(comment, "spMk", "graphicFrameMk", "picMk", "grpSpMk")), ""
            )
            plain = child(comment, "text")
            if plain is not None:
                yield Comment(clean("".join(plain.itertext())), about)
            for said in (comment, *inside(comment, "reply")):  # answers stand before what they answer
                body = child(said, "txBody")
                if body is not None:
                    yield Comment("\n".join(plain_paragraphs(body)), about)

"""Text in drawings of Office files (shapes of slides and sheets): paragraphs, and how large and coloured they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from scriptlint.model.document import Prominence
from scriptlint.model.record import dataclass
from scriptlint.readers._colours import Palette, number
from scriptlint.readers._looks import Run, parted
from scriptlint.readers._ooxml import child, children, clean, inside, local

LEVELS = 9
_BULLETS = ("buChar", "buAutoNum", "buBlip")


@dataclass(frozen=True, slots=True)
class Level:
    """What a list style says of one level; None where it says nothing."""

    size: float | None = None
    colour: str | None = None
    bullet: bool | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The looks of the nine levels of text in a shape."""

    levels: tuple[Level, ...] = (Level(),) * LEVELS

    def over(self, base: Style) -> Style:
        """This style, and where it says nothing the one it is based on."""
        return Style(tuple(_over(own, under) for own, under in zip(self.levels, base.levels, strict=True)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a shape. ``runs`` has what is shown before what is hidden."""

    runs: tuple[Run, ...]
    bullet: bool


def list_style(element: Element | None, palette: Palette) -> Style:
    """What an ``a:lstStyle``, or a style of a master, says."""
    if element is None:
        return Style()
    common = child(element, "defPPr")
    base = _level(common, palette) if common is not None else Level()
    levels = [base] * LEVELS
    for entry in children(element):
        name = local(entry)
        if name.startswith("lvl") and name.endswith("pPr") and name[3:4] in tuple("123456789"):
            levels[int(name[3]) - 1] = _over(_level(entry, palette), base)
    return Style(tuple(levels))


def paragraphs(body: Element, style: Style, palette: Palette, background: str | None = None) -> Iterator[Paragraph]:
    """The paragraphs of a text body that have text. Text in the colour of ``background`` counts as hidden."""
    own = list_style(child(body, "lstStyle"), palette).over(style)
    shrunk = child(body, "bodyPr", "normAutofit")
    scale = number(shrunk.get("fontScale"), 100_000.0) / 100_000 if shrunk is not None else 1.0
    for element in children(body):
        if local(element) == "p":
            runs, bullet = _paragraph(element, own, palette, scale, background)
            shown = tuple(parted(runs))
            if shown:
                yield Paragraph(shown, bullet)


def plain_paragraphs(element: Element) -> list[str]:
    """The text of all paragraphs below an element, looks left aside."""
    found = []
    for paragraph in inside(element, "p"):
        runs, _ = _paragraph(paragraph, Style(), Palette(), 1.0, None)
        text = "".join(run.text for run in runs)
        if text.strip():
            found.append(text)
    return found


def _paragraph(
    element: Element, style: Style, palette: Palette, scale: float, background: str | None
) -> tuple[Sequence[Run], bool]:
    properties = child(element, "pPr")
    depth = int(number(properties.get("lvl"), 0)) if properties is not None else 0
    level = style.levels[min(max(depth, 0), LEVELS - 1)]
    own = _level(properties, palette) if properties is not None else Level()
    bullet = own.bullet if own.bullet is not None else bool(level.bullet)
    runs: list[Run] = []
    for part in children(element):
        match local(part):
            case "r" | "fld":
                if part.get("type") == "slidenum":
                    continue
                text = "".join(inner.text or "" for inner in children(part) if local(inner) == "t")
                look = _look(child(part, "rPr"), level, palette, scale, background)
            case "br":
                text, look = "\n", _look(child(part, "rPr"), level, palette, scale, background)
            case "m":  # a formula
                text, look = (
                    "".join(inner.text or "" for inner in inside(part, "t")),
                    _look(None, level, palette, scale, background),
                )
            case _:
                continue
        if text:
            runs.append(Run(clean(text), look))
    return runs, bullet


def _look(
    properties: Element | None, level: Level, palette: Palette, scale: float, background: str | None
) -> Prominence | None:
    size, colour, hidden = level.size, level.colour, False
    if properties is not None:
        if properties.get("sz"):
            size = number(properties.get("sz"), 0.0) / 100 or size
        filled = child(properties, "solidFill")
        if filled is not None:
            colour = palette.drawing(filled)
            hidden = any(alpha.get("val") in ("0", "0%") for alpha in inside(filled, "alpha"))
        hidden = hidden or child(properties, "noFill") is not None
    if size is not None:
        size = round(size * scale, 1)
    hidden = hidden or (background is not None and colour == background)
    return Prominence(size, hidden, colour) if hidden or size is not None or colour is not None else None


def _level(properties: Element, palette: Palette) -> Level:
    bullet: bool | None = None
    for entry in children(properties):
        if local(entry) in _BULLETS:
            bullet = True
        elif local(entry) == "buNone":
            bullet = False
    run = child(properties, "defRPr")
    if run is None:
        return Level(bullet=bullet)
    size = number(run.get("sz"), 0.0) / 100 or None
    return Level(size, palette.drawing(child(run, "solidFill")), bullet)


def _over(own: Level, under: Level) -> Level:
    return Level(
        own.size if own.size is not None else under.size,
        own.colour if own.colour is not None else under.colour,
        own.bullet if own.bullet is not None else under.bullet,
    )

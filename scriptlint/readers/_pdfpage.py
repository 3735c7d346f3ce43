"""Draws a page of a PDF without paint: what text comes to stand where, how large, and whether anybody sees it.

pypdf opens the file and knows its fonts. Its own text extraction tells no colours and joins runs of different
looks, so the operators are followed here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from scriptlint.model.record import dataclass, replace
from scriptlint.readers._pdfdrawn import (
    BLACK,
    IDENTITY,
    MOST_SHAPES,
    WHITE,
    Box,
    Colour,
    Drawn,
    Matrix,
    Run,
    alike,
    box_of,
    colour_of,
    matrix_of,
    times,
    written,
)
from scriptlint.readers._pdffonts import FontBook, TextFont

_DEEPEST = 12
"""Forms drawn inside forms."""
_MOST_RUNS = 200_000
_INVISIBLE_MODES = (3, 7)
_THIN = 3.0
"""Points up to which a filled rectangle is a line."""
_MALFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class TooLarge(Exception):
    """A page asks for more drawing than any page of text needs."""


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix
    font: TextFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: Colour | None = BLACK
    alpha: float = 1.0


class Pen:
    """Follows the operators of one page and of the forms it uses."""

    def __init__(self, page: Box, start: Matrix, fonts: FontBook, layers: frozenset[int], budget: int) -> None:
        """``page`` is what is shown, ``layers`` are the switched-off ones, ``budget`` bounds the operators."""
        self.drawn = Drawn()
        self.budget = budget
        self._page = page
        self._fonts = fonts
        self._off = layers
        self._state = _State(start)
        self._stack: list[_State] = []
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._path: list[Box] = []
        self._fills: list[tuple[Box, Colour | None]] = []
        self._colours: set[Colour] = set()
        self._marks: list[tuple[int | None, str, bool]] = []
        self._resources: Mapping[str, Any] = {}
        self._depth = 0
        self._strike = 0
        self._at: tuple[float, float] = (0.0, 0.0)

    def follow(self, content: ContentStream, resources: Mapping[str, Any]) -> None:
        """Carry out all operators. Raises TooLarge when the budget is spent."""
        outer, self._resources = self._resources, resources
        for operands, operator in content.operations:
            self.budget -= 1
            self._strike += 1
            if self.budget < 0 or len(self.drawn.runs) > _MOST_RUNS:
                raise TooLarge
            action = _ACTIONS.get(operator)
            if action is not None:
                try:
                    action(self, operands)
                except _MALFORMED:  # an operator that says nothing is passed over, as every viewer does
                    continue
        self._resources = outer

    def _of(self, kind: str, name: Any) -> Any:
        group = self._resources.get(kind)
        return group.get_object()[name].get_object() if group is not None else None

    # -- state --------------------------------------------------------------------------------------------

    def save(self, _: list[Any]) -> None:
        if len(self._stack) < 1_000:
            self._stack.append(self._state)

    def restore(self, _: list[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def transform(self, operands: list[Any]) -> None:
        self._state = replace(self._state, ctm=times(matrix_of(operands), self._state.ctm))

    def graphics(self, operands: list[Any]) -> None:
        given = self._of("/ExtGState", operands[0])
        if "/ca" in given:
            self._state = replace(self._state, alpha=float(given["/ca"]))
        if "/Font" in given:
            font, size = given["/Font"].get_object()
            self._state = replace(self._state, font=self._fonts.of(font.get_object()), size=float(size))

    def colour(self, operands: list[Any]) -> None:
        self._state = replace(self._state, fill=colour_of(operands))

    def colour_space(self, _: list[Any]) -> None:
        self._state = replace(self._state, fill=BLACK)

    # -- text state ---------------------------------------------------------------------------------------

    def begin(self, _: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def font(self, operands: list[Any]) -> None:
        resource = self._of("/Font", operands[0])
        self._state = replace(self._state, font=self._fonts.of(resource), size=float(operands[1]))

    def set(self, name: str, value: float) -> None:
        self._state = replace(self._state, **{name: value})  # type: ignore[arg-type]

    def move(self, operands: list[Any]) -> None:
        self._line = self._text = times((1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])), self._line)

    def move_leading(self, operands: list[Any]) -> None:
        self.set("leading", -float(operands[1]))
        self.move(operands)

    def place(self, operands: list[Any]) -> None:
        self._line = self._text = matrix_of(operands)

    def next_line(self, _: list[Any]) -> None:
        self.move([0.0, -self._state.leading])

    # -- showing text -------------------------------------------------------------------------------------

    def show(self, operands: list[Any]) -> None:
        self._show(operands[0])

    def show_next(self, operands: list[Any]) -> None:
        self.next_line([])
        self._show(operands[0])

    def show_spaced(self, operands: list[Any]) -> None:
        self.set("word_spacing", float(operands[0]))
        self.set("spacing", float(operands[1]))
        self.show_next(operands[2:])

    def show_parts(self, operands: list[Any]) -> None:
        for part in operands[0]:
            if isinstance(part, int | float):
                shift = -float(part) / 1000 * self._state.size
                upright = self._state.font is None or not self._state.font.vertical
                self._advance(shift * self._state.stretch if upright else 0.0, 0.0 if upright else shift)
            else:
                self._show(part)

    def _advance(self, x: float, y: float) -> None:
        self._text = times((1.0, 0.0, 0.0, 1.0, x, y), self._text)

    def _show(self, shown: Any) -> None:
        state = self._state
        if state.font is None or not isinstance(shown, str | bytes):
            return
        text, glyphs, blanks, width, unknown = state.font.read(shown)
        self.drawn.unknown += unknown
        before = times((state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise), self._text)
        along = width * state.size + state.spacing * glyphs + state.word_spacing * blanks
        if state.font.vertical:
            self._advance(0.0, -(state.size * glyphs + state.spacing * glyphs))
        else:
            self._advance(along * state.stretch, 0.0)
        if text:
            after = times((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), self._text)
            self._add(text, times(before, state.ctm), times(after, state.ctm), vertical=state.font.vertical)

    def _add(self, text: str, start: Matrix, end: Matrix, *, vertical: bool) -> None:
        a, b, c, d, e, f = start
        ways = (-c, -d) if vertical else (a, b)
        length = math.hypot(*ways)
        size = math.hypot(c, d)
        if not all(map(math.isfinite, (*start, *end))) or length == 0 or size == 0:
            return
        cos, sin = ways[0] / length, ways[1] / length
        turn = round(math.degrees(math.atan2(sin, cos))) % 360
        if turn in (0, 359, 1):
            turn, cos, sin = 0, 1.0, 0.0
        x, y = e * cos + f * sin, f * cos - e * sin
        mark, artifact, off = self._marks[-1] if self._marks else (None, "", False)
        colour = self._state.fill
        run = Run(
            text=text,
            x=x,
            end=max(end[4] * cos + end[5] * sin, x),
            y=y,
            size=size,
            turn=turn,
            hidden=off or self._unseen(e, f, size),
            colour=None if colour in (None, BLACK) else written(colour),
            mark=mark,
            artifact=artifact,
            strike=self._strike,
        )
        self.drawn.runs.append(run)

    def _unseen(self, x: float, y: float, size: float) -> bool:
        state = self._state
        left, bottom, right, top = self._page
        outside = x < left - size or x > right or y < bottom - size or y > top
        if state.mode in _INVISIBLE_MODES or state.alpha <= 0.02 or outside:
            return True
        return state.fill is not None and self._is_background(state.fill, x, y + size * 0.3)

    def _is_background(self, colour: Colour, x: float, y: float) -> bool:
        """True when what lies behind a place has this colour; a page nothing was painted on is white."""
        if not any(alike(colour, painted) for painted in (WHITE, *self._colours)):
            return False
        for (left, bottom, right, top), painted in reversed(self._fills):
            if left <= x <= right and bottom <= y <= top:
                return painted is not None and alike(colour, painted)
        return alike(colour, WHITE)

    # -- marked content -----------------------------------------------------------------------------------

    def mark(self, operands: list[Any]) -> None:
        mark, artifact, off = self._marks[-1] if self._marks else (None, "", False)
        tag = str(operands[0]) if operands else ""
        given = operands[1] if len(operands) > 1 else None
        if given is not None and not isinstance(given, DictionaryObject):
            try:
                raw = self._resources["/Properties"].get_object().raw_get(given)
                given = raw.get_object()
                off = off or (tag == "/OC" and getattr(raw, "idnum", 0) in self._off)
            except _MALFORMED:
                given = None
        if tag == "/Artifact":
            kind = str(given.get("/Subtype", "")) if isinstance(given, DictionaryObject) else ""
            artifact = {"/Header": "header", "/Footer": "footer"}.get(kind, "artifact")
        elif isinstance(given, DictionaryObject):
            number = given.get("/MCID")
            mark = int(number) if isinstance(number, int) else mark
        if len(self._marks) < 1_000:
            self._marks.append((mark, artifact, off))

    def unmark(self, _: list[Any]) -> None:
        if self._marks:
            self._marks.pop()

    # -- shapes, images and forms -------------------------------------------------------------------------

    def rectangle(self, operands: list[Any]) -> None:
        x, y, width, height = map(float, operands[:4])
        self._path.append(box_of(self._state.ctm, x, y, x + width, y + height))

    def start(self, operands: list[Any]) -> None:
        self._at = (float(operands[0]), float(operands[1]))

    def line(self, operands: list[Any]) -> None:
        before, self._at = self._at, (float(operands[-2]), float(operands[-1]))
        self._path.append(box_of(self._state.ctm, *before, *self._at))

    def fill(self, _: list[Any]) -> None:
        self._paint(filled=True)

    def stroke(self, _: list[Any]) -> None:
        self._paint(filled=False)

    def end_path(self, _: list[Any]) -> None:
        self._path.clear()

    def _paint(self, *, filled: bool) -> None:
        path, self._path = self._path, []
        self.drawn.shapes += 1
        if not path or self.drawn.shapes > MOST_SHAPES:
            return
        whole = (
            min(box[0] for box in path),
            min(box[1] for box in path),
            max(box[2] for box in path),
            max(box[3] for box in path),
        )
        if filled and self._state.alpha > 0.5:
            self._fills.append((whole, self._state.fill))
            if self._state.fill is not None:
                self._colours.add(self._state.fill)
        for left, bottom, right, top in path[:200]:
            if right - left > _THIN:
                self.drawn.across.add(bottom, left, right)
                self.drawn.across.add(top, left, right)
            if top - bottom > _THIN:
                self.drawn.down.add(left, bottom, top)
                self.drawn.down.add(right, bottom, top)

    def shade(self, _: list[Any]) -> None:
        self._fills.append((self._page, None))

    def image(self, _: list[Any]) -> None:
        box = box_of(self._state.ctm, 0.0, 0.0, 1.0, 1.0)
        if len(self.drawn.images) < MOST_SHAPES:
            self.drawn.images.append(box)
            self._fills.append((box, None))

    def use(self, operands: list[Any]) -> None:
        thing = self._of("/XObject", operands[0])
        if not isinstance(thing, StreamObject):
            return
        if thing.get("/Subtype") == "/Image":
            self.image([])
        elif thing.get("/Subtype") == "/Form" and self._depth < _DEEPEST:
            self.form(thing)

    def form(self, form: StreamObject) -> None:
        """Draw a form where the pen stands."""
        state, text, line, marks = self._state, self._text, self._line, self._marks
        matrix = form.get("/Matrix")
        if matrix is not None:
            self._state = replace(state, ctm=times(matrix_of(matrix.get_object()), state.ctm))
        resources = form.get("/Resources")
        self._depth += 1
        try:
            content = ContentStream(form, getattr(form.indirect_reference, "pdf", None))
            self.follow(content, resources.get_object() if resources is not None else self._resources)
        finally:
            self._depth -= 1
            self._state, self._text, self._line, self._marks = state, text, line, marks


def _setting(name: str, scale: float = 1.0) -> Callable[[Pen, list[Any]], None]:
    return lambda pen, operands: pen.set(name, float(operands[0]) * scale)


_ACTIONS: Mapping[bytes, Callable[[Pen, list[Any]], None]] = {
    b"q": Pen.save,
    b"Q": Pen.restore,
    b"cm": Pen.transform,
    b"gs": Pen.graphics,
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), Pen.colour),
    b"cs": Pen.colour_space,
    b"BT": Pen.begin,
    b"Tf": Pen.font,
    b"Tc": _setting("spacing"),
    b"Tw": _setting("word_spacing"),
    b"Tz": _setting("stretch", 0.01),
    b"TL": _setting("leading"),
    b"Ts": _setting("rise"),
    b"Tr": _setting("mode"),
    b"Td": Pen.move,
    b"TD": Pen.move_leading,
    b"Tm": Pen.place,
    b"T*": Pen.next_line,
    b"Tj": Pen.show,
    b"TJ": Pen.show_parts,
    b"'": Pen.show_next,
    b'"': Pen.show_spaced,
    b"BDC": Pen.mark,
    b"BMC": Pen.mark,
    b"EMC": Pen.unmark,
    b"re": Pen.rectangle,
    b"m": Pen.start,
    **dict.fromkeys((b"l", b"c", b"v", b"y"), Pen.line),
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), Pen.fill),
    **dict.fromkeys((b"S", b"s"), Pen.stroke),
    b"n": Pen.end_path,
    b"sh": Pen.shade,
    b"INLINE IMAGE": Pen.image,
    b"Do": Pen.use,
}

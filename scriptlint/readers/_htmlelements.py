"""Elements of HTML, wherever they stand (a page, or Markdown): how they look, and which words their tags hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, replace
from scriptlint.model.span import Span
from scriptlint.readers import _css, _htmllook, _htmlmedia
from scriptlint.readers._css import Node, Sheet
from scriptlint.readers._htmlattrs import Attribute
from scriptlint.readers._htmllook import Look
from scriptlint.readers._prose import copied, unescaped, words

VOID = words("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = frozenset(("template", "noscript", "iframe", "noembed", "noframes", "datalist"))
"""What a browser of today shows only when a script says so, or never."""
_SHOWN = ("alt", "title", "placeholder", "aria-label", "label")
_DESCRIBES = frozenset(
    ("description", "keywords", "og:title", "og:description", "twitter:title", "twitter:description")
)
_SILENT_INPUTS = frozenset(("checkbox", "radio", "password", "file", "image", "color", "range"))
_SAYS_SOMETHING = lazy_re("[\u3400-\u9fff]|[0-9]{7}")


@dataclass(frozen=True, slots=True)
class Element:
    """An open element: where its tag begins, how it looks, and how selectors see it."""

    tag: str
    start: int
    look: Look
    node: Node
    style: Mapping[str, str]
    kind: str
    """Its ``type``, which says what a script is."""


def opened(
    tag: str,
    source: str,
    start: int,
    given: Mapping[str, Attribute],
    sheet: Sheet,
    above: Sequence[Element],
    outer: Look,
) -> Element:
    """The element that a tag opens. ``outer`` is how things look where no element is open."""
    values = values_of(given)
    node = Node(tag, values.get("id", "").strip(), frozenset(values.get("class", "").split()))
    layers = [_htmllook.hints(tag, values), *sheet.of(node, [element.node for element in above])]
    if "style" in given:
        layers.append(_css.declarations(unescaped(copied(source, given["style"].span)).text))
    style = _css.merged(layers)
    look = _htmllook.look(above[-1].look if above else outer, style)
    if "hidden" in given or tag in _UNSEEN:
        look = replace(look, gone=True)
    return Element(tag, start, look, node, style, values.get("type", "").lower())


def told(element: Element, given: Mapping[str, Attribute]) -> Iterator[tuple[str, Span, Look]]:
    """Words that stand in attributes, with the name of each: what a reader sees, hears or finds in a search engine."""
    tag, look = element.tag, element.look
    if tag == "meta":
        about = given.get("name") or given.get("property")
        if about and about.value.lower() in _DESCRIBES and "content" in given:
            yield "content", given["content"].span, look
        return
    for name in _SHOWN:
        if name in given:
            yield name, given[name].span, look
    if tag == "input" and "value" in given:
        kind = element.kind or "text"
        says = kind not in _SILENT_INPUTS and _SAYS_SOMETHING.search(given["value"].value)
        if says or kind in ("button", "submit", "reset"):
            yield "value", given["value"].span, replace(look, gone=True) if kind == "hidden" else look


def report(media: _htmlmedia.MediaLog, element: Element, given: Mapping[str, Attribute], span: Span) -> None:
    """Tell of what an element shows that is no text."""
    tag, style, values = element.tag, element.style, values_of(given)
    if "url(" in style.get("background-image", "") + style.get("background", ""):
        media.background()
    if tag == "link" and "stylesheet" in values.get("rel", "").lower():
        media.stylesheets += 1
    elif tag == "iframe":
        address = values.get("src", "").strip()
        own = address.startswith(("about:", "javascript:", "cid:")) or "srcdoc" in given
        unseen = "hidden" in given or style.get("display") == "none" or _htmlmedia.is_tiny(values, style)
        if address and not own and not unseen:
            media.tell(span, "a page shown inside this one")
    elif element.look.gone:
        return
    elif tag in ("img", "image") or (tag == "input" and element.kind == "image"):
        media.picture(values, style, span)
    elif tag == "canvas":
        media.canvas()
    elif tag in ("video", "audio"):
        media.tell(span, "a film" if tag == "video" else "a sound")
    elif tag in ("object", "embed") and not _htmlmedia.is_tiny(values, style):
        media.tell(span, "an embedded object")


def values_of(given: Mapping[str, Attribute]) -> dict[str, str]:
    """The attributes without their places."""
    return {name: attribute.value for name, attribute in given.items()}

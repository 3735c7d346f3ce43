"""Text on its way into HTML. Everything that comes from outside passes through here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from unicodedata import category

_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")


class Html(str):
    """Markup that is safe as it stands."""

    __slots__ = ()


def text(value: object) -> Html:
    """A text between tags. Characters that would not be seen, or that turn the direction of others, become a dot."""
    if isinstance(value, Html):
        return value
    return Html(escape(visible(str(value)), quote=True))


def shown(value: str, invisible: str) -> Html:
    """A quoted text, in which unseen characters stand as dots that say what they are."""
    parts: list[str] = []
    plain: list[str] = []
    for char in value:
        if char in "\n\t" or category(char) not in _UNSEEN:
            plain.append(char)
            continue
        if char == "\r":
            continue
        parts.append(escape("".join(plain), quote=True))
        plain.clear()
        code = f"U+{ord(char):04X}"
        parts.append(f'<i class="unseen" title="{escape(invisible.format(code=code))}">·</i>')
    parts.append(escape("".join(plain), quote=True))
    return Html("".join(parts))


def tag(name: str, content: object = "", /, **attributes: object) -> Html:
    """An element. ``cls`` is its class, a trailing underscore is dropped, others become hyphens; None leaves an
    attribute out and True gives it no value."""
    return Html(f"<{name}{_attributes(attributes)}>{text(content)}</{name}>")


def void(name: str, /, **attributes: object) -> Html:
    """An element without content."""
    return Html(f"<{name}{_attributes(attributes)}>")


def joined(*parts: object) -> Html:
    """Several parts, those that are not markup escaped."""
    return Html("".join(text(part) for part in parts))


def link(url: str, content: object) -> Html:
    """A link to a page of an issuer; anything but a web address stays text."""
    if not url.startswith(("https://", "http://")):
        return text(content)
    return tag("a", content, href=url, rel="noreferrer noopener", target="_blank")


def _attributes(attributes: Mapping[str, object]) -> str:
    parts: list[str] = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = "class" if name == "cls" else name.rstrip("_").replace("_", "-")
        parts.append(f" {key}" if value is True else f' {key}="{text(str(value))}"')
    return "".join(parts)


def visible(value: str) -> str:
    """A text in which characters that would not be seen, or that turn the direction of others, are dots."""
    if value.isascii() and value.isprintable():
        return value
    return "".join("·" if char not in "\n\t" and category(char) in _UNSEEN else char for char in value)

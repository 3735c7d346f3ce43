"""Template placeholders: where they stand, what they are called, and what kind of value they print.

Platforms write them in some fifteen ways; the longest delimiters are tried first and what matched is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_HAN = "一-鿿"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder. ``name`` is empty when it is only numbered; ``filters`` holds what is done to the value."""

    start: int
    end: int
    name: str
    filters: str
    syntax: str


@dataclass(frozen=True, slots=True)
class _Grammar:
    syntax: str
    shape: re.Pattern[str]
    prints: bool = True
    listed: bool = False
    """True for brackets that people also use for other things: only names in the lexicon count."""


# The longest delimiters first: what one grammar takes is gone for the next.
_GRAMMARS = (
    _Grammar("statement", lazy_re(r"\{%.{0,200}?%\}"), prints=False),
    _Grammar("tag", lazy_re(r"<%-?[=:]\s*([^<>%\n]{1,80}?)\s*-?%>")),
    _Grammar("statement", lazy_re(r"<%.{0,200}?%>|</?#[a-z]{1,12}(?:\s[^<>\n]{0,80})?>"), prints=False),
    # A vendor's variable has no blanks inside; with them it is a comment.
    _Grammar("vendor", lazy_re(r"\{#([^{}#\s]{1,40})#\}")),
    _Grammar("statement", lazy_re(r"\{#.{0,200}?#\}"), prints=False),
    _Grammar("dollar-brace", lazy_re(r"\$\{\{\s*([^{}\n]{1,120}?)\s*\}\}")),
    # Handlebars: blocks, partials and comments print no value.
    _Grammar("statement", lazy_re(r"\{\{~?(?:[#/^>!].{0,120}?|else)\s?~?\}\}"), prints=False),
    _Grammar("double-brace", lazy_re(r"\{\{\{?[~&-]?\s*([^{}\n]{1,120}?)\s*[~-]?\}?\}\}")),
    _Grammar("dollar-brace", lazy_re(r"\$\{\s*([^{}\n]{1,120}?)\s*\}")),
    _Grammar("merge-field", lazy_re(r"\{!\s*([^{}\n]{1,80}?)\s*\}")),
    _Grammar("sign-brace", lazy_re(r"[#%@]\{\s*([^{}\n]{1,80}?)\s*\}")),
    _Grammar("brace-dollar", lazy_re(r"\{\$\s*([^{}\n]{1,80}?)\s*\}")),
    _Grammar("double-bracket", lazy_re(r"\[\[\s*([^\[\]\n]{1,60}?)\s*\]\]")),
    _Grammar("bracket-percent", lazy_re(r"\[%\s*([A-Za-z_][A-Za-z0-9_.]{0,40})\s*%\]")),
    _Grammar("form-field", lazy_re(r"\{[a-z]{1,20}field=([a-z_0-9]{1,40}(?:\|[^{}\n]{0,40})?)\}")),
    # What Word shows of a mail merge.
    _Grammar("guillemet", lazy_re(rf"«\s*([A-Za-z_{_HAN}][A-Za-z0-9_.{_HAN}]{{0,40}})\s*»")),
    _Grammar("percent-paren", lazy_re(r"%\(([A-Za-z_][A-Za-z0-9_]{0,40})\)[sdf]")),
    _Grammar("printf", lazy_re(r"(?<![0-9%])%(?:[0-9]\$)?([sd])(?![A-Za-z])")),
    _Grammar("hash", lazy_re(rf"#([A-Za-z_][A-Za-z0-9_]{{0,30}}|[{_HAN}]{{2,10}})#"), listed=True),
    _Grammar("percent", lazy_re(r"(?<![0-9%])%([A-Za-z_][A-Za-z0-9_]{1,30})%")),
    _Grammar("at-sign", lazy_re(r"(?<![A-Za-z0-9])@([A-Za-z_][A-Za-z0-9_]{1,30})@(?![A-Za-z0-9])")),
    _Grammar(
        "brace",
        lazy_re(
            rf"(?<![{{$#%!])\{{\s*([A-Za-z_{_HAN}][A-Za-z0-9_.{_HAN}-]{{0,40}}(?:[!:|][^{{}}\"\n]{{0,40}})?|[0-9]{{1,2}})\s*\}}"
        ),
    ),
    _Grammar("dollar", lazy_re(r"(?<![A-Za-z0-9])\$([A-Za-z_][A-Za-z0-9_]{1,30})(?![A-Za-z0-9_{])")),
    _Grammar("angle", lazy_re(rf"<([{_HAN}]{{2,10}})>"), listed=True),
    _Grammar("han-bracket", lazy_re(rf"[【\[]([{_HAN}]{{2,10}})[】\]]"), listed=True),
    # Ordinary brackets explain, too (证件（身份证号）): they stand for a value only where one is due.
    _Grammar("parenthesis", lazy_re(rf"(?<=[:是为的敬])\(([{_HAN}]{{2,10}})\)"), listed=True),
)
_ANY = lazy_re(r"[{$%#<【\[«@(]")
_WIDE = {ord(wide): narrow for wide, narrow in zip("｛｝＄％＃＜＞［］（）｜＠：", "{}$%#<>[]()|@:", strict=True)}
# What follows the name: a filter, a call, a fallback, a format.
_TAIL = lazy_re(r"\s*(?:\|\||\?\?|\?[a-z]|[|;:!(\[]|\.(?:slice|substr|substring)\().*$", re.DOTALL)
_NUMBERED = lazy_re(
    r"[0-9]{1,2}|(?:NUM|TXT|TEXT|DATE|TIME|DATETIME|MONEY|CHARDIGIT|OTHERS?)(?:_[0-9]{1,3})?|[sd]|var[0-9]{0,2}|arg[0-9]{0,2}|param[0-9]{0,2}"
)


def find_placeholders(text: str, known: frozenset[str] = frozenset()) -> list[Placeholder]:
    """Every placeholder of a text, in order. ``known`` are names that make ordinary brackets count as one."""
    found = (shown for _, _, shown in _shapes(text, known) if shown is not None)
    return sorted(found, key=lambda placeholder: placeholder.start)


def _shapes(text: str, known: frozenset[str]) -> Iterator[tuple[int, int, Placeholder | None]]:
    """Everything that a template engine takes out of a text; what prints nothing is no placeholder."""
    rest = text.translate(_WIDE)
    if not _ANY.search(rest):
        return
    for grammar in _GRAMMARS:
        spans: list[tuple[int, int]] = []
        for match in grammar.shape.finditer(rest):
            inner = match[1] if match.lastindex else ""
            name, filters = _field(inner) if grammar.syntax == "merge-field" else _split(inner)
            if grammar.listed and grammar.syntax != "hash" and name not in known:
                continue
            if grammar.syntax == "hash" and not name.isascii() and name not in known:
                continue
            start, end = match.span()
            spans.append((start, end))
            shown = "" if _NUMBERED.fullmatch(name) else name
            yield start, end, Placeholder(start, end, shown, filters, grammar.syntax) if grammar.prints else None
        for start, end in spans:
            rest = rest[:start] + "\x00" * (end - start) + rest[end:]


_SURE = lazy_re(r"[{«]|\[\[|\[%|<%|\$[A-Za-z_]|[#@][A-Za-z_]|%[A-Za-z_(]|%[0-9]\$")


def atoms(text: str) -> Sequence[tuple[int, int]]:
    """Where variables stand that are nothing else, by their brackets alone; statements of a template too."""
    if not _SURE.search(text):
        return ()
    return sorted((start, end) for start, end, _ in _shapes(text, frozenset()))


def _field(inner: str) -> tuple[str, str]:
    """The same for ``{!User:First Name;there}``: the field of a record, and what stands in for an empty one."""
    record = inner.partition(";")
    return record[0].rpartition(":")[2].strip(), record[2]


def _split(inner: str) -> tuple[str, str]:
    """The name and what is done to the value."""
    call = re.match(r"(mask|desensiti[sz]e|last4|tail|right|RIGHT|hide)[A-Za-z0-9_]*\(\s*([^(),]{1,40})", inner)
    if call:
        return call[2].strip(), inner
    if inner.startswith("("):  # ${(user.phone)!""}
        inner = inner[1:].replace(")", "", 1)
    tail = _TAIL.search(inner)
    name = inner[: tail.start()] if tail else inner
    return name.strip(), tail[0].strip() if tail else ""


# -- what a name says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of variables by class, and the parts and filters that show that a value is masked."""

    classes: Mapping[str, frozenset[str]]
    """Class -> names: lower-case words joined by ``_``, or Chinese."""
    masked_parts: frozenset[str]
    masked_filters: tuple[str, ...]
    own_parts: frozenset[str] = frozenset()
    """Parts that show that the value is the institution's own: branch, manager, hotline."""

    def names(self) -> frozenset[str]:
        """Every Chinese name, for brackets that mean a variable only when they hold one."""
        return frozenset(name for names in self.classes.values() for name in names if not name.isascii())

    def accepts(self, placeholder: Placeholder) -> bool:
        """True when name or filter shows that only a harmless part of the value is printed."""
        words = parts(placeholder.name)
        joined = "_".join(words)
        for mark in self.masked_parts:
            hit = mark in joined if not mark.isascii() else f"_{mark}_" in f"_{joined}_"
            if hit:
                return True
        filters = placeholder.filters.lower().replace(" ", "")
        return any(mark in filters for mark in self.masked_filters)

    def is_own(self, name: str) -> bool:
        """True for data of the institution itself: the phone of a branch, the name of an adviser."""
        return any(part in self.own_parts for part in parts(name)) or any(
            mark in name for mark in self.own_parts if not mark.isascii()
        )

    def classify(self, name: str) -> str:
        """The class whose name the variable's name ends with; the longest wins. Empty when none does."""
        words = parts(name)
        best = self._longest(words)
        if not best and words:
            # mobile1, card_number_str: what is added says nothing about the value.
            shorter = [*words[:-1], words[-1].rstrip("0123456789")]
            while not best and shorter:
                best = self._longest(shorter)
                if shorter[-1] not in _VARIANTS:
                    break
                shorter = shorter[:-1]
        return best

    def _longest(self, words: Sequence[str]) -> str:
        best, length = "", 0
        for name_class, names in self.classes.items():
            for known in names:
                size = _ends_with(words, known)
                if size > length:
                    best, length = name_class, size
        return best

    def classify_words(self, before: str) -> str:
        """The class that the words right before a numbered placeholder name: 身份证号{1}."""
        words = re.sub(r"[\s:：是为(（“\"']+$", "", before)[-10:]
        best, length = "", 0
        for name_class, names in self.classes.items():
            for known in names:
                if not known.isascii() and words.endswith(known) and len(known) > length:
                    best, length = name_class, len(known)
        return best


_CAMEL = lazy_re(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


_VARIANTS = frozenset(("no", "num", "number", "nbr", "str", "value", "val", "text", "full"))


def parts(name: str) -> list[str]:
    """A name in lower-case words: camel case, dashes, dots and underscores split."""
    split = _CAMEL.sub("_", name)
    return [part.lower() for part in re.split(r"[._\-\s]+", split) if part and part.lower() not in ("c", "data")]


def _ends_with(words: Sequence[str], known: str) -> int:
    """How many characters of ``known`` the end of the name covers; 0 when it does not."""
    if not known.isascii():
        joined = "".join(words)
        return len(known) * 2 if joined.endswith(known) else 0
    if known.startswith("="):  # a word that means this only when it is the whole name
        return len(known) if list(words) == known[1:].split("_") else 0
    wanted = known.split("_")
    if known.endswith("_*"):
        # A prefix such as guarantor_*: whatever belongs to that person.
        wanted = wanted[:-1]
        for index in range(len(words) - len(wanted) + 1):
            if list(words[index : index + len(wanted)]) == wanted:
                return 100 + len(known)
        return 0
    return len(known) if list(words[-len(wanted) :]) == wanted else 0

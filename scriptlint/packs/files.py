"""Reading the files of a pack: YAML with places, checked against their shape, mistakes kept with file and line."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from scriptlint import shape, yamltree
from scriptlint.language import Scorer, scorer
from scriptlint.model.finding import Problem
from scriptlint.model.record import dataclass, field
from scriptlint.model.span import LineIndex


@dataclass(slots=True)
class Loader:
    """Reads pack files and collects their mistakes and their digest."""

    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    _indices: dict[str, LineIndex] = field(default_factory=dict)

    def read(self, path: Path, shown: str, schema: dict[str, Any] | None) -> yamltree.Node | None:
        """The tree of a file, or None when it cannot be read or does not have its shape."""
        try:
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            self.problems.append(Problem(shown, f"cannot read this file: {reason}", severity="usage"))
            return None
        self.digests[shown] = sha256(data).hexdigest()
        self._indices[shown] = LineIndex(text)
        try:
            node = yamltree.parse(text)
        except yamltree.TreeError as error:
            for offset, message in error.errors:
                self.wrong(shown, offset, message)
            return None
        errors = shape.check(node, schema) if schema is not None else []
        for offset, message in errors:
            self.wrong(shown, offset, message)
        return None if errors else node

    def model(self, path: Path, shown: str) -> Scorer | None:
        """A trained scorer, or None when the file is none."""
        try:
            data = path.read_bytes()
            self.digests[shown] = sha256(data).hexdigest()
            return scorer.read(data)
        except (OSError, ValueError) as error:
            message = f"cannot use this model: {error}; write it anew with benchmarks/scorer/train.py"
            self.problems.append(Problem(shown, message, severity="usage"))
            return None

    def wrong(self, shown: str, offset: int, message: str) -> None:
        """Note a mistake at an offset of a file that was read."""
        position = self._indices[shown].position(offset)
        self.problems.append(Problem(shown, message, position=position, severity="usage"))

    def line(self, shown: str, offset: int) -> int:
        """The line of an offset of a file that was read."""
        return self._indices[shown].position(offset).line

    def fingerprint(self, below: str = "") -> str:
        """One digest of everything that was read, or of what was read below a folder, whatever the order of reading."""
        read = sorted((name, digest) for name, digest in self.digests.items() if name.startswith(below))
        lines = "".join(f"{name} {digest}\n" for name, digest in read)
        return sha256(lines.encode()).hexdigest()[:16]


def entries(node: yamltree.Node | None) -> tuple[tuple[yamltree.Scalar, yamltree.Node], ...]:
    """The entries of a mapping; none for anything else."""
    return node.entries if isinstance(node, yamltree.Mapping) else ()


def items(node: yamltree.Node | None) -> tuple[yamltree.Node, ...]:
    """The entries of a list; a single value counts as a list of one, nothing as none."""
    if isinstance(node, yamltree.Sequence):
        return node.items
    if node is None or (isinstance(node, yamltree.Scalar) and node.value is None):
        return ()
    return (node,)


def text(node: yamltree.Node | None) -> str:
    """The text of a scalar; empty for anything else."""
    return node.text if isinstance(node, yamltree.Scalar) else ""


def texts(node: yamltree.Node | None) -> tuple[str, ...]:
    """The texts of a scalar or a list of scalars."""
    return tuple(text(item) for item in items(node))


def get(node: yamltree.Node | None, key: str) -> yamltree.Node | None:
    """The value of a key; None when there is none."""
    return node.get(key) if isinstance(node, yamltree.Mapping) else None

"""What holds for every Office file whatever is in it: samples with elements lost, doubled or changed are read or
refused, in every package format that has samples."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.test_readers import check_places, try_read

SAMPLES = sorted(
    path
    for path in (Path(__file__).parent.parent / "readers").glob("*/*.*")
    if path.suffix in (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp")
)
_VALUES = ("", "0", "-1", "1", "999999999999", "rId1", "x" * 40, "true", "保本", "../../x", "/")


def changed(data: bytes, part: int, element: int, kind: int, value: str) -> bytes:
    """The package with one element of one part taken out, doubled, emptied, or given another value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = names[part % len(names)]
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                root = ElementTree.fromstring(content)
                pairs = [(parent, child) for parent in root.iter() for child in parent]
                if pairs:
                    parent, child = pairs[element % len(pairs)]
                    if kind == 0:
                        parent.remove(child)
                    elif kind == 1:
                        parent.append(child)
                    elif kind == 2:
                        child[:] = []
                    elif child.attrib:
                        child.set(sorted(child.attrib)[element % len(child.attrib)], value)
                    else:
                        child.text = value
                content = ElementTree.tostring(root)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
@given(
    part=st.integers(0, 60),
    element=st.integers(0, 3_000),
    kind=st.integers(0, 3),
    value=st.sampled_from(_VALUES),
)
@settings(max_examples=30, deadline=None)
def test_a_changed_package_is_read_or_refused(sample: Path, part: int, element: int, kind: int, value: str) -> None:
    document = try_read(sample.name, changed(sample.read_bytes(), part, element, kind, value))
    if document is not None:
        check_places(document)

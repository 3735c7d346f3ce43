"""Writes a copy of an Office file in which some parts are other than before."""

from __future__ import annotations

import copy
import io
import shutil
import zipfile
import zlib
from collections.abc import Mapping

from scriptlint.model.document import ReadError

LARGEST = 1_000_000_000
"""Bytes of all parts, after unpacking."""


def copied(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some parts changed or added; all others keep their content, order, date and packing.

    Raises ReadError when a part is damaged, encrypted or larger than any real one.
    """
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            infos = {info.filename: info for info in old.infolist()}
            if sum(info.file_size for info in infos.values()) > LARGEST:
                raise ReadError("this file unpacks to more than is copied", hint="take out what is not text")
            new.comment = old.comment
            for name, info in infos.items():
                fresh = copy.copy(info)
                if name.lstrip("/") in changed:
                    new.writestr(fresh, changed[name.lstrip("/")], info.compress_type)
                    continue
                with old.open(info) as source, new.open(fresh, "w") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
            known = {name.lstrip("/") for name in infos}
            for name, part in changed.items():
                if name not in known:
                    # The date of a new part is that of the file's own parts: the same input gives the same copy.
                    date = min((info.date_time for info in infos.values()), default=(1980, 1, 1, 0, 0, 0))
                    new.writestr(zipfile.ZipInfo(name, date), part, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ReadError(
            f"this file cannot be copied: {error}", hint="save it anew in the program that made it"
        ) from None
    return out.getvalue()

"""Files as the command line writes them: beside, then renamed; an unchanged one is left alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Union

AnyPath = Union[str, "os.PathLike[str]"]


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_text(path: AnyPath, text: str) -> None:
    """Raises OSError; then the file is what it was before."""
    content = text.encode("utf-8")
    target = Path(os.path.realpath(path))  # through a symbolic link to the file that it names
    if target.exists() and not target.is_file():  # a device, or a directory, which is refused
        target.write_bytes(content)
        return
    if target.is_file() and target.read_bytes() == content:
        return
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    descriptor, partial = tempfile.mkstemp(
        prefix=f".{target.name}.", suffix=".partial", dir=target.parent
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(partial, mode)
        os.replace(partial, target)
    except BaseException:
        os.unlink(partial)
        raise

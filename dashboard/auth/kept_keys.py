"""Keys that the program makes for itself and keeps in files that nobody else can read."""

import os
import secrets
from pathlib import Path


def read_kept_key(path: Path) -> str:
    """The key in a file, made at first use; the first of several processes makes it for all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key

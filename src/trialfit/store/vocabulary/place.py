"""Where the compiled vocabulary is kept: among the person's own data, as it serves every store."""

import os
import sys
from pathlib import Path

FILE_NAME = "vocabulary.sqlite"


def vocabulary_place() -> Path:
    """The default place of the file: the system's folder for a person's application data.

    Linux and others: $XDG_DATA_HOME/trialfit, else ~/.local/share/trialfit; macOS: ~/Library/Application
    Support/trialfit; Windows: %LOCALAPPDATA%\\trialfit.
    """
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        named = os.environ.get("XDG_DATA_HOME", "")
        folder = Path(named) if named.startswith("/") else Path.home() / ".local" / "share"
    return folder / "trialfit" / FILE_NAME

"""Reading settings from environment variables; docs/settings.md names each of them."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes and on, in any case."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; blanks around the items are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Raises ImproperlyConfigured when the value is not a whole number."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def required(name: str, hint: str) -> str:
    """Raises ImproperlyConfigured, with what to do, when the variable is missing."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing. {hint} See docs/settings.md.")
    return value


def data_dir() -> Path:
    """Where the database, files sent by people and collected static files live."""
    return Path(text("DATA_DIR", str(ROOT / "var"))).expanduser().resolve()

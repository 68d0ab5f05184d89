"""Hours as people say them in French."""

from datetime import time

BLANK = "\u00a0"  # does not break


def said(hours: int, minutes: int) -> str:
    """« 9 h », « 9 h 30 »."""
    rest = f"{BLANK}{minutes:02d}" if minutes else ""
    return f"{hours}{BLANK}h{rest}"


def clock(moment: time) -> str:
    return said(moment.hour, moment.minute)


def duration(minutes: int) -> str:
    """« 45 min », « 1 h 30 »."""
    return said(*divmod(minutes, 60)) if minutes >= 60 else f"{minutes}{BLANK}min"

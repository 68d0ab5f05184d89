"""The one door for writing."""

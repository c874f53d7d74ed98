"""Widgets take values and post messages; they know no session and no file."""

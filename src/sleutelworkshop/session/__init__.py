"""The state of a workshop and everything that can happen to it.

Pure: each thing that can happen in the room is a function from a :class:`~.model.Session` to a new one. The
clock is passed in as ``now``, an aware ``datetime``; nothing here reads it, writes a file or draws.
"""

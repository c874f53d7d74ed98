"""sleutelworkshop: run a live school workshop from a terminal, and leave with an agreed leerarrangement."""

__version__ = "0.1.0"

"""Where sessions live on the disk: the only floor that knows TinyDB, paths and locks."""

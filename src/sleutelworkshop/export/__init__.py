"""Making documents and writing them to a file: one policy for the screen and for the command line."""

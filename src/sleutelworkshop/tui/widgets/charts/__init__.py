"""Charts of what all teams answered. Each is a value that draws itself, in words and numbers as well as in colour."""

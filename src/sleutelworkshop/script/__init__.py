"""The workshop as data: what a script is, how it is loaded and checked, and the scripts that ship."""

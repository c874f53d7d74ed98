"""The screens. Everything below this floor works without it, and none of it imports it."""

"""Running notebooks and building the book."""

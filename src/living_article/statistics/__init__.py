"""Statistics: numbers in, numbers out; nothing here knows of display or of running."""

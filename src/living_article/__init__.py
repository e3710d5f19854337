"""The living article: a published clinical paper as an executable book."""

__version__ = "0.1.0"

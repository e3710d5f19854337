"""The audit of an article's printed numbers: claims and printed values in, findings with a verdict out.

Nothing here knows of a particular article. A folder with printed values (see `living_article.published`) and a
file ``claims.csv`` (see `living_article.audit.claims`) is all that it needs.
"""

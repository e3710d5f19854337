"""The checks, one family a module; `living_article.audit.registry` lists them."""

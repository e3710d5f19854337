"""Labels in another language than English: inside a sentence they keep the capital letters of the study file."""

from __future__ import annotations

import re
from typing import Any

from living_article.study.vocabulary import vocabulary

_LABEL = re.compile(r"(^|\.)(label|short|printed|event_label)$|\.(levels|events)\.[^.]+$")


class KeptLabel(str):
    """A label that is written in the same way inside a sentence."""

    __slots__ = ()


def is_label(where: str) -> bool:
    """Whether a place of the study file, such as ``covariates.sex.levels.male``, holds a label."""
    return _LABEL.search(where) is not None


def keep_labels(content: Any, where: str = "") -> Any:
    """Return the content of a study file in which labels keep their capitals, but for those this package drafts."""
    if isinstance(content, dict):
        return {key: keep_labels(value, f"{where}.{key}" if where else key) for key, value in content.items()}
    if isinstance(content, list):
        return [keep_labels(value, where) for value in content]
    own = {kind.label for kind in vocabulary().endpoints} | {of["label"] for of in vocabulary().response.values()}
    return KeptLabel(content) if isinstance(content, str) and is_label(where) and content not in own else content

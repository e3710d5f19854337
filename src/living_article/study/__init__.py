"""The study file: what the columns of a patient table mean."""

from living_article.study.load import load_study
from living_article.study.model import Study

__all__ = ["Study", "load_study"]

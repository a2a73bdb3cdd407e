"""The pages and settings of the site, and the questions that reach the team."""

from .brand import BrandSettings
from .may_i_tell import MayITellPage
from .pages import ContactPage, ContentPage, HomePage
from .question import Question

__all__ = ["BrandSettings", "ContactPage", "ContentPage", "HomePage", "MayITellPage", "Question"]

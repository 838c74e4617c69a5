"""Checks of a document from any source; they only return a list of problems."""

from .document import FORMAT, MOST_PROBLEMS, errors, problems
from .problem import DocumentProblem

__all__ = ["FORMAT", "MOST_PROBLEMS", "DocumentProblem", "errors", "problems"]

"""What is wrong with a document that comes from anywhere: a list of problems, and nothing else happens."""

from .document import FORMAT, MOST_PROBLEMS, errors, problems
from .problem import DocumentProblem

__all__ = ["FORMAT", "MOST_PROBLEMS", "DocumentProblem", "errors", "problems"]

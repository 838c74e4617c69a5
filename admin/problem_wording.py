"""What is wrong with a questionnaire, in words."""

from flask_babel import gettext as _

from survey.questionnaires.rules.checking import Problem


def problem_said(problem: Problem) -> str:
    """The sentence in the language of the screen."""
    return _(problem.text) % problem.detail

"""The pages on which a customer answers."""

from flask import Blueprint

blueprint = Blueprint("answering", __name__)

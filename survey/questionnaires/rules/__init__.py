"""The rules of questionnaires: which questions show, what a valid answer is, what a document may contain."""

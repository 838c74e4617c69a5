"""What a questionnaire decides by itself: what shows, what is an answer, what a document may hold."""

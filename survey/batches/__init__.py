"""Queues of answers, and the batches in which they are released: by the calendar, with a slow reserve."""

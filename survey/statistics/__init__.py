"""The statistics of figures as pure functions: intervals, ranks, funnel, control charts, raking,
importance."""

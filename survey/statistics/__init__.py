"""Pure mathematics: intervals, ranks, funnel, control charts, raking, relative importance."""

"""Target values and their attainment."""

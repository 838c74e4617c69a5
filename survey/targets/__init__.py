"""Target values of figures, and their attainment."""

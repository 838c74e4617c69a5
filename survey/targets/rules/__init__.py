"""Pure rules of targets: which target is effective, its attainment, and the rows of a file."""

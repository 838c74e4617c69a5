"""Pure arithmetic of tallies: rows of counts, their sums, parts of k or more, and their release."""

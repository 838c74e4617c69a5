"""Pure rules of weights: margins, effective counts, and the rows of a file of totals."""

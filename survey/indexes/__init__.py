"""The figures that pages and reports show, computed from tallies."""

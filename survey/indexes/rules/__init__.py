"""Pure arithmetic of figures: the index and its uncertainty, rankings, trends and groups."""

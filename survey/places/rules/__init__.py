"""What may be called what, and whether a file of places makes a tree: pure."""

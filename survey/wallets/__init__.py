"""What customers do with their points: they take them, and see them in a wallet."""

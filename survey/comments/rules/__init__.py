"""Pure rules of comments: the part to read, and the frequent terms."""

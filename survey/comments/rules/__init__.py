"""Pure rules of comments: the weeks to show, the part to read, and the frequent terms."""

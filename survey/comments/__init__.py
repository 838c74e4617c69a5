"""What customers wrote, shown in groups."""

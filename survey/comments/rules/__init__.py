"""Pure decisions about comments: which weeks are shown, which part is read, and which terms are frequent."""

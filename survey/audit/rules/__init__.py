"""Rules of the audit log: how lines are chained, and what they may tell. Pure."""

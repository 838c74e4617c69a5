"""The audit log, decided: how lines are chained, and what is left out of them."""

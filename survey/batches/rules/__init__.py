"""Decisions about queues and batches, on plain values. docs/decisions/0053 tells why they are these."""

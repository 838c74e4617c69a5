"""Figures that are weighted to known numbers of customers."""

"""Figures weighted to the known numbers of customers."""

"""Figures that pages show, as functions of tallies."""

"""Invented pages of known text, in the shapes that real sites have."""

"""Sentences: everything that is said in words about scenarios and results."""

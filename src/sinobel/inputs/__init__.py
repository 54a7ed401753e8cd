"""Inputs: the only readers. What is known and assumed, and what users hand over, checked at the door."""

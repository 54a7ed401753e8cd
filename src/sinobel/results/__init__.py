"""Results: what a results folder is and everything that can be made of it, for both faces."""

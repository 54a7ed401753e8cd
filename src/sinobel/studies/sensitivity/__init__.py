"""What the uncertainty of a result rests on."""

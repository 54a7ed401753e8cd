"""A month of the world as machine code: `World.step()` traced once on symbols, and compiled."""

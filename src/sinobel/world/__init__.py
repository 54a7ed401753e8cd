"""The world: four countries and their institutions, the rules they follow and the books they keep."""

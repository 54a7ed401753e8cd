"""The four countries and their institutions: they hold the state, decide every month and call the rules."""

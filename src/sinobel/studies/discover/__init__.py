"""In which futures a policy fails."""

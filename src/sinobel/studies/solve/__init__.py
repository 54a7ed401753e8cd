"""What it takes to reach a target."""

"""Analysis: pure functions on trajectories. They read and write no files and run no worlds."""

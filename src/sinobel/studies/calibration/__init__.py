"""Calibration: what the record and the paper say about the parameters.

`targets` are what is known, `emulator` is a quick stand-in for the world around them, `sampler` draws the posterior,
`study` puts them together, `checks` holds the posterior against the targets.
"""

"""Calibration: what the record and the paper say about the parameters.

`targets` are what is known and `modules` who may learn from it; `emulator` is a quick stand-in for the world around
them, fitted by `learning`; `sampler` draws the posterior of a module, `study` puts modules together, `checks` holds the
posterior against the targets. `settings` are how much work it is.
"""

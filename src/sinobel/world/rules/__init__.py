"""The rules of the model: pure functions on arrays over draws.

No state, no randomness, no files: what a rule needs comes in as arguments, shocks included. Every argument that is a
parameter names it at the end of its line, so the code can be searched for where a parameter acts.
"""

"""The opening books: what the record of an origin says about the state of every agent.

Only what was known at the origin is used (`KnownRecord` refuses anything later). Where the record has no figure the
drawn parameters fill in, so the books differ from draw to draw by what is not known.
"""

"""Measures how well facts are read: annotated articles against what an engine gave, field by field.

`annotations` checks the files, `comparing` says when two values are the same, `grounding` takes out what its quote
does not show, `matching` pairs items, `judging` gives every value its outcome, `tally` and `reliability` count the
outcomes, `speed` times, `evaluation` puts it together. Nothing here knows the engine's rules or word lists, so that
an error there cannot hide itself.
"""

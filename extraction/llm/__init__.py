"""A language model as a second reader: what it is asked, and what of its answer is believed.

Nothing here speaks to a network. An answer is only ever a hint at places in the text: every value must be a literal
span of what the model was shown, or be derived from one by the normalisers that the rules use.
"""

VERSION = "1"  # bumped when the same answer gives other facts

"""What is read of a short text, for tests of rules: most of them need a title and a day only for the reader's sake."""

import datetime

import extraction

TUESDAY = datetime.date(2025, 9, 16)


def facts(text, title="Arms for the flank", published=TUESDAY):
    return extraction.read(title, text, published).to_json("x")


def meetings(text, *more, **named):
    return facts(text, *more, **named)["meetings"]

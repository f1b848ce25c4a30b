"""What tells who a person is, kind by kind; `masking` puts the kinds together.

Every pattern here is bounded and every look to the left or right of a find is cut to a few dozen signs first, so that
the work grows with the length of the text and not with its square: a form is open to anyone (a test counts it).
"""

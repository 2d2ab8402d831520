"""A language model as one more pair of eyes: it proposes where to look, and what is printed is written by us.

A proposal names words of the article. They are found in it, or the proposal is dropped; then our own writers word the
line. So nothing that a model writes is printed.
"""

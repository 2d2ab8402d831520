"""The grammar of a text: an Article goes in, an Analysis comes out."""

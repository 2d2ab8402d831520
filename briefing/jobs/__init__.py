"""The jobs that a user asks for, from input to output; the only package that joins the stages."""

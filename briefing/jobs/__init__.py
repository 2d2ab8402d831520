"""What a user asks for, from end to end; the only package that joins the stages."""

"""Read a PDF back, so that ``verify`` can compare it with the page of its attached brief."""

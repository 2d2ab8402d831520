"""The charts of a brief, as SVG: the timeline of events and the matrix of positions."""

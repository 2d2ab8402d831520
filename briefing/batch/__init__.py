"""Tables of articles in, tables of briefs out: on many cores or many machines, and resumed where a run was killed."""

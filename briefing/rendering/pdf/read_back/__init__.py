"""A printed PDF read back, for ``verify`` to compare with what its brief lays out to."""

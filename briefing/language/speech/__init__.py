"""Who is quoted with what: quotations, their cues, sources and contents."""

"""Write lines that read alone: shorten sentences, explain their pronouns in brackets, add nothing else."""

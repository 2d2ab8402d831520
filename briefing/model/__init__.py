"""The records that pass between stages; written as JSON, they are the contract with other programs."""

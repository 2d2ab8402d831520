"""The records that flow between stages; as JSON they are the contract with other programs."""

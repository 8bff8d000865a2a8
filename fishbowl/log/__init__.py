"""The append-only record of every debate: the contract, the codec, and the stores that keep it."""

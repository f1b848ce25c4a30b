"""The public ledger: append-only entries in commit order, a Merkle tree over them, signed checkpoints."""

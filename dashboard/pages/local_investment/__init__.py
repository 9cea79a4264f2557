"""The ledger of recognised local investment (返投台账)."""

"""What waits for a second person: the list, one proposal, and the form that proposes a firm's industries."""

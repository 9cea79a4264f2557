"""The register of firms, and the page of one firm, card by card."""

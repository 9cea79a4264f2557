"""Whether the money serves the leading industries of the parks."""

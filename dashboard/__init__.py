"""What people see and do: pages, sign-in, reports and commands over the book and its valuation."""

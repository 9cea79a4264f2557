"""Workbooks that are not of the template: what tables stand in them, and what their columns mean."""

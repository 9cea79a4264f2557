"""Keeping the records: what funds, institutions, firms and parks are, put right or changed from a day on."""

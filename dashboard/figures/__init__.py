"""Readings drawn: figures as plain dictionaries over one template, in colours with one meaning each."""

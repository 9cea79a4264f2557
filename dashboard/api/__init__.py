"""The way in for other programs: the same readings and the same verbs, asked for with a token."""

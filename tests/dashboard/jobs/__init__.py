"""Jobs: asked for, claimed, ended and forgotten."""

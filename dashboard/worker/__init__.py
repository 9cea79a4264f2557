"""The process that does people's jobs: one after the other, each in a child process with limits."""

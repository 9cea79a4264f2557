"""The worker: what it does with a job, and what is left when it dies."""

"""Work that takes longer than a request: asked for by pages, done by a worker process, told of while it goes on."""

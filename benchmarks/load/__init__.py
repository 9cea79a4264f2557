"""Two hundred people at a real server for two minutes, one worker killed half-way."""

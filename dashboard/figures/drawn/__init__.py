"""Charts drawn as SVG on the server, for papers: the same inputs as the charts of the pages, in the light of paper."""

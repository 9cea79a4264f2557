"""The worker beside a server: started by it, with its settings, and gone when it is gone."""

import sys

from dashboard.cli import main

if __name__ == "__main__":
    sys.exit(main(["work", *sys.argv[1:]]))

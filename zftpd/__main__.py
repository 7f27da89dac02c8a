"""`python -m zftpd`."""

import sys

from zftpd.cli import main

sys.exit(main())

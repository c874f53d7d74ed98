"""``python -m sleutelworkshop`` does what the ``sleutelworkshop`` command does."""

import sys

from sleutelworkshop.cli import main

sys.exit(main())

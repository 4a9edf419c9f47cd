"""Property tests take the same examples in every run, so that a red run is the change's own fault.

New examples are sought by `tests/prove/explore.py`, which runs them under the profile `explore`.
"""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("tests", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("tests")

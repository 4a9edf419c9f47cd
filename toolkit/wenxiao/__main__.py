"""``python -m wenxiao``."""

from wenxiao.cli import main

main()

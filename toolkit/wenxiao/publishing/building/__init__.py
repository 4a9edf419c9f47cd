"""Building a site: what is new, changed or gone, written so that a reader finds each report old or new, never torn.

names, deciding     which reports go on the site, and what the log gets
reading             what stands on the site already
placing             one report's folder, put in place as a whole
tree, state         files written only where they differ; what the last publication left for the next
feeds, search       sitemap, Atom, Pagefind
filling             lists and other pages, tables, sums
crew                work shared among processes
making              the whole, in its order
"""

from wenxiao.publishing.building.deciding import Decision, Status
from wenxiao.publishing.building.making import Order, OrderError, Result, publish

__all__ = ["Decision", "Order", "OrderError", "Result", "Status", "publish"]

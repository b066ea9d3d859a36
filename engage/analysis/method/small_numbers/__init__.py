"""Count small groups without pointing at a child: hide, round, and check what a reader could still work out."""

from engage.analysis.method.proportions import proportion, published, wilson
from engage.analysis.method.small_numbers.attack import audit
from engage.analysis.method.small_numbers.protecting import protect, protect_all
from engage.analysis.method.small_numbers.true_counts import Table, table

__all__ = ["Table", "audit", "proportion", "protect", "protect_all", "published", "table", "wilson"]

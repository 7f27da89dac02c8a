"""Security decisions: users, groups, profiles, certificates and key rings."""

from saf.access import Access
from saf.context import SafOptions
from saf.errors import SafError
from saf.profiles import Acee, Decision, Violation
from saf.system import Saf

__all__ = ["Access", "Acee", "Decision", "Saf", "SafError", "SafOptions", "Violation"]

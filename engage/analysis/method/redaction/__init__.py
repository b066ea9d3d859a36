"""Taking personal details out of what young people wrote, before anybody but the first reader sees it."""

from engage.analysis.method.redaction.redacted import PLACEHOLDERS, Redacted, redact

__all__ = ["PLACEHOLDERS", "Redacted", "redact"]

"""Sorts support tickets with a model."""

from .bot import Bot, TriageError

__all__ = ["Bot", "TriageError"]

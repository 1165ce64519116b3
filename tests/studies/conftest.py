"""Fixtures of the tiny encoder, which several folders train."""

from tiny_encoder import tiny_base, write_recipe

__all__ = ["tiny_base", "write_recipe"]

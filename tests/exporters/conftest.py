"""The browser, in which several folders look at pages."""

from chromium import browser

__all__ = ["browser"]

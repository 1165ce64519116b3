"""taskner."""

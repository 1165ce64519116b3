"""Words of notices: silver words, a pkuseg model trained on them, the folder that holds it.

pkuseg and what trains it are extras; each is imported by the call that needs it.
"""

"""Forms to fill: what a period needs, what of it is missing and whom to ask, and what comes back."""

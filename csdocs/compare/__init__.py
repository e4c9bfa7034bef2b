"""Two states of a controlled file side by side: what kind of change it is, and how it reads."""

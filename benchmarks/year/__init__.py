"""A year of a department: coherent records over all forms in use, and breaches planted among them."""

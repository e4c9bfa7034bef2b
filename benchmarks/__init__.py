"""Workspaces of any size, and how fast csdocs is on them beside its peers."""

"""Renditions: plain values to HTML, HTML to PDF, PDF to sealed PDF, and from there back to a verdict."""

"""Renditions: from plain values to HTML, from HTML to a PDF, from a PDF to a sealed PDF, and back to a verdict."""

"""A .docx as lines: stories read in order, numbers counted, what stands apart told."""

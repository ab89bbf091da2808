"""Beginnings: a project with the sample departments, a department from another one's report; whole or not at all."""

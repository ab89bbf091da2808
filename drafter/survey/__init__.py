"""Before any build: what a project's templates use, what its facts offer, and typed structure that cannot be right."""

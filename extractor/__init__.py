"""A case file becomes one record: documents, language and the pipeline over both."""

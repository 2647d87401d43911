"""Readers of annotated corpora; every one yields `AnnotatedText`."""

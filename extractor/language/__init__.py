"""Text -> mentions, entities, roles, means, relations, around the network."""

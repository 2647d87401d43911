"""Which mentions are one person: links of the network, and what names and words say of them."""

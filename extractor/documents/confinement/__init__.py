"""What keeps the reader process from the network, the disk, other processes and memory."""

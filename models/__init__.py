"""What is learned: network, reading of corpora, training, evaluation, export."""

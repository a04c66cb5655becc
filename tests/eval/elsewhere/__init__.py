"""Retrieval on test sets of others: PQuAD, NTREX-128 and ClapNQ, none of which was trained on."""

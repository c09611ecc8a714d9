"""Corpus → what many COEs say together: the register of actions, trends."""

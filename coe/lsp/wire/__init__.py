"""The door to the protocol: the only modules that know pygls and lsprotocol, keep time, and write."""

"""Where two readers of one file would see two things.

Source: the specifications of YAML 1.1 and YAML 1.2, and what readers in wide use make of them.
"""

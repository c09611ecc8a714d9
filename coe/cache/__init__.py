"""What is kept between two runs, and the answer to a run in which nothing changed.

An adapter like the command line, and in front of it: it reads files, the environment and the clock. Nothing in it may
import what the command line is made of, but for the modules that are used once a run is not answered from here.
"""

"""How people, rules and history are put into words, and in whose language."""

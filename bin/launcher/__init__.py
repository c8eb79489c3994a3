"""Starts Muster: the virtual environment, the embedded servers, the processes of the site."""

"""What the demo town's pages say: every English string beside its French. The pages are made of it by `pages.py`."""

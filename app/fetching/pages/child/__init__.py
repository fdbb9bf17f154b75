"""What runs in a process of its own, where C libraries meet strangers' bytes.

The modules here are run by their path and import nothing of `app`, so that such a process starts
in a few hundredths of a second and holds little.
"""

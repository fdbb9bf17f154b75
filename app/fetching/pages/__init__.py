"""From the bytes of a page to its words and to what it says of itself.

Total: any bytes give a `PageText` or a `NotText`, in bounded time and memory.
"""

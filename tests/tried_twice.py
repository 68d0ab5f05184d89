"""The tests that are tried once more when they fail, by their name, each with its reason.

A reason is a fault of the machine that no test can wait for. A journey that fails now and then for
another one is mended, in the page or in the test. The end of every run names these.
"""

TRIED_TWICE: dict[str, str] = {}

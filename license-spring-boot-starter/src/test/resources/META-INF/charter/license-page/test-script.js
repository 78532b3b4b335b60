// A page's script, for tests.

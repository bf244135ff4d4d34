// For tests that import scripts of a page under Node: the names of a window that they read at once.
globalThis.location ??= new URL('https://playground.invalid/');

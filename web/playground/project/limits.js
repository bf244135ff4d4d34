// How large a project may be.

// A project that came from elsewhere: bytes of text in all, and files.
export const LARGEST = 8 << 20;
export const MOST_FILES = 2000;
// Files on another host that are fetched when a page shows them, in all: as many bytes as one's own
// project may have, and more pictures than anybody looks at in one visit. Beyond that the project's
// author would decide about the reader's memory and connection: the reader is asked.
export const UNASKED = { bytes: 64 << 20, files: 1000 };
// One's own project: more than one that came by a link, less than a site on a host.
export const OWN_PROJECT = { most: 5000, largest: 64 << 20 };
// Characters of a path: no file system takes longer ones.
export const LONGEST_PATH = 1024;

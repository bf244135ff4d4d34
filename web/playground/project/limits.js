// Size limits of projects.

// An untrusted project: bytes of text in all, and files.
export const LARGEST = 8 << 20;
export const MOST_FILES = 2000;
// Files on another host that are fetched when a page shows them: as many bytes in all as a project
// of one's own may have, and more pictures than a visit shows. Beyond that the reader is asked, as
// the project's author would decide about the reader's memory and connection.
export const UNASKED = { bytes: 64 << 20, files: 1000 };
// A project of one's own: larger than one from a link, smaller than a site on a host.
export const OWN_PROJECT = { most: 5000, largest: 64 << 20 };
// Characters of a path: file systems accept no longer ones.
export const LONGEST_PATH = 1024;
// A pasted picture: as large as any file of one's own project.
export const LARGEST_PICTURE = 16 << 20;

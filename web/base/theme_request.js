// How the core asks for a theme that is not among a site's files.

/**
 * A path that no file has: the theme's folder from the site's root, and from the shell's folder;
 * where from (IN_SHELL, or `theme_from`); its name.
 */
export const THEME = /^(meridian\/(themes\/[^/ ]+\/)) (\S+) (.+)$/;

/** Where from, of a theme that is part of the shell. */
export const IN_SHELL = 'meridian';

/** What Jekyll takes of a theme beside its configuration. */
export const PART_OF_THEME = /^(_data|_includes|_layouts|_sass|assets)\//;

// How a link that contains a project is recognised (share_link.js).

export const PREFIX = '#p1=';

/** Tells whether a fragment contains a project. @param {string} fragment */
export const holdsProject = (fragment) => fragment.startsWith(PREFIX);

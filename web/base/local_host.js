// Where a page is looked at.

/** True on the author's own machine (localhost). */
export const development = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

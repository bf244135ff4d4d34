// The oldest browsers that a site is shown in, as docs/compatibility.md promises: what a phone of
// 2021 has, and Firefox's extended release of 2023, the last one for older systems.

export const TARGETS = ['chrome103', 'firefox115', 'safari15.4'];

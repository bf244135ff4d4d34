// The package where there are no elements, as on a server that renders pages: what stands within
// the tag is what is sent.

export const MeridianProfile = undefined;

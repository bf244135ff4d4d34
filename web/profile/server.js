// The package on a server, where there are no custom elements: the tag's children are rendered.

export const MeridianProfile = undefined;

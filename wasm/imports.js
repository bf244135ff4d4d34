// What the host gives to the modules beside WASI, by name, so that the linker knows it from a
// function that was forgotten. Only names count here; web/engine/abi.js holds the functions
// themselves.
mergeInto(LibraryManager.library, {
  mer_commonmark: () => 0,
  mer_itinerary: () => 0,
});

// The host's functions for the modules besides WASI, by name, so that the linker tells them from
// forgotten functions. Only names count here; web/engine/abi.js has the functions themselves.
mergeInto(LibraryManager.library, {
  mer_bibliography: () => 0,
  mer_commonmark: () => 0,
  mer_itinerary: () => 0,
  mer_kramdown: () => 0,
  mer_plugin: () => 0,
  mer_rouge: () => 0,
  mer_sass: () => 0,
  search_stem: () => 0,
});

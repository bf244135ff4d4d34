// Functions that the command imports under Node. The program that starts it gives them, as
// `Module.lock` and `Module.zone` (web/command/run.mjs): here text is passed on. Emscripten copies
// each function by its source, which begins with `function`.
mergeInto(LibraryManager.library, {
  $meridianText: function (at) {
    return new TextDecoder().decode(HEAPU8.subarray(at, HEAPU8.indexOf(0, at)));
  },
  meridian_lock__deps: ['$meridianText'],
  meridian_lock: function (folder) {
    return Number(Module.lock(meridianText(folder)));
  },
  meridian_zone__deps: ['$meridianText'],
  meridian_zone: function (name, json, room) {
    const bytes = new TextEncoder().encode(Module.zone(meridianText(name)) ?? '');
    if (bytes.length <= room) HEAPU8.set(bytes, json);
    return bytes.length;
  },
  meridian_pause: function (milliseconds) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
});

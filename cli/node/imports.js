// Functions that the command imports under Node. The program that starts it gives them, as
// `Module.lock`, `Module.zone` and `Module.asker` (web/command/run.mjs): here text is passed on.
// Emscripten copies each function by its source, which begins with `function`.
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
  meridian_ask__deps: ['$meridianText'],
  meridian_ask: function (json) {
    Module.asker.ask(JSON.parse(meridianText(json)));
  },
  meridian_answer: function (milliseconds, json, room) {
    const answer = Module.asker.answer(milliseconds);
    const bytes = new TextEncoder().encode(answer ? JSON.stringify(answer) : '');
    if (bytes.length <= room) HEAPU8.set(bytes, json);
    return bytes.length;
  },
  meridian_pause: function (milliseconds) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
});

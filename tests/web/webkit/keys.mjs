// Keys of playwright-core as GDK has them: the name of a symbol, and the code of a key of a PC
// keyboard (Linux input code plus 8).

const ROWS = [
  [10, 'Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal'],
  [22, 'Backspace Tab KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight'],
  [36, 'Enter ControlLeft KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote'],
  [50, 'ShiftLeft Backslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight'],
  [63, 'NumpadMultiply AltLeft Space CapsLock F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock'],
  [79, 'Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd Numpad1 Numpad2'],
  [89, 'Numpad3 Numpad0 NumpadDecimal'],
  [94, 'IntlBackslash F11 F12'],
  [104, 'NumpadEnter ControlRight NumpadDivide PrintScreen AltRight'],
  [110, 'Home ArrowUp PageUp ArrowLeft ArrowRight End ArrowDown PageDown Insert Delete'],
  [133, 'MetaLeft MetaRight ContextMenu'],
  [9, 'Escape'],
];
const CODES = new Map(
  ROWS.flatMap(([first, names]) =>
    String(names)
      .split(' ')
      .map((name, at) => /** @type {[string, number]} */ ([name, Number(first) + at])),
  ),
);
const SYMBOLS = new Map(
  Object.entries({
    Enter: 'Return',
    Backspace: 'BackSpace',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    PageUp: 'Page_Up',
    PageDown: 'Page_Down',
    CapsLock: 'Caps_Lock',
    ContextMenu: 'Menu',
  }),
);
const SIDED = ['Shift', 'Control', 'Alt', 'Meta'];

/** @param {{ key: string, code: string }} of a key of playwright-core */
export function keyOf({ key, code }) {
  const modifier = SIDED.includes(key);
  const side = code.endsWith('Right') ? '_R' : '_L';
  const keyval = modifier ? key + side : (SYMBOLS.get(key) ?? key);
  return { keyval, keycode: CODES.get(code) ?? 0, modifier };
}

// The shapes of icons, each for itself: a part of the playground has those that it shows.

export const globe = 'M12 3a9 9 0 1 0 .01 0M12 3c-5 5-5 13 0 18m0-18v18M3.5 9.5h17';
export const file = 'M6 3.5h8l4 4v13H6zM14 3.5v4h4';
export const folder = 'M3.5 6.5h6l2 2h9v10h-17z';
export const error = 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5v5.5m0 3v.1';
export const warning = 'M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.5v.1';
export const info = 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 11v5.5m0-9v.1';
export const scheme = 'M12 3.5a8.5 8.5 0 1 0 .01 0zv17m2-16.5v16m2-15v14m2-12v10';
export const plus = 'M12 5v14M5 12h14';
export const pen = 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3';
export const bin = 'M5 7h14M9 7V4.5h6V7m-8 0 1 12.5h8L17 7';
export const close = 'M7 7l10 10M17 7 7 17';
export const search = 'M10.5 4.5a6 6 0 1 0 .01 0M15 15l5 5';
export const more = 'M5 12h.1m6.8 0h.1m6.8 0h.1';
export const keys = 'M3.5 7h17v10.5h-17zM7 10.5h.1m3.2 0h.1m3.2 0h.1m3.2 0h.1M8 14.5h8';
export const split = 'M3.5 5h17v14h-17zM12 5v14';
export const picture = 'M3.5 5h17v14h-17zm0 11 5-5 4 4 3-3 5 5M15.5 9h.1';
export const stack = 'M4.5 10h15v9.5h-15zM6.5 7h11M8.5 4h7';
export const copy = 'M8.5 8.5h11v11h-11zm-4 7v-11h11';
export const upload = 'M12 15V4.5M7.5 8.5 12 4l4.5 4.5M5 19.5h14';
export const up = 'm6 14.5 6-6 6 6';
export const down = 'm6 9.5 6 6 6-6';
export const undo = 'M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4';
export const redo = 'm16 5 4 4-4 4m4-4H10a5.5 5.5 0 0 0 0 11h4';
export const heading = 'M6.5 5v14m11-14v14m-11-7h11';
export const bold = 'M7.5 5h5.3a3.4 3.4 0 0 1 0 6.8H7.5zm0 6.8h6.2a3.6 3.6 0 0 1 0 7.2H7.5z';
export const italic = 'M10.5 5H17M7 19h6.5M14 5l-4 14';
export const code = 'm9 7-5 5 5 5m6-10 5 5-5 5';
export const link =
  'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3m2 3.7a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7';
export const list = 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1m-.1 5.5h.1m-.1 5.5h.1';
export const numbered =
  'M10.5 6.5H20M10.5 12H20m-9.5 5.5H20M4 5.2l1.6-.9V9M4 14.8c.4-1.4 2.7-1.2 2.5.3C6.3 16.2 4 17 4 18.5h2.7';
export const tasks = 'M3.5 5h5.5v5.5H3.5zM12.5 7.8H20.5M12.5 16.5h8M3.5 16.5l2 2 3.5-4';
export const quote = 'M5 5v14M10 8h10m-10 4h10m-10 4h6';
export const table = 'M3.5 5h17v14h-17zm0 5h17m-17 4.5h17M10 5v14';
export const history = 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5V12l3 2';
export const eye =
  'M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12zM12 9a3 3 0 1 0 .01 0';
export const download = 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14';
export const send = 'm4 11 16-7-6 16-3-6zm7 3 9-10';
export const check = 'm5 12.5 5 5 9-11';

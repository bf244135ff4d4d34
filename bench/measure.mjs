// Measures functions side by side: every round runs each of them, in rotating order, so that a busy
// phase of the machine affects all; the median of the rounds counts. The time is CPU time, as other
// programs may run; it includes V8's helper threads (garbage collection, compilation).

/** Milliseconds of CPU time since the process began. */
export const now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * The quantile of numbers for a share.
 * @param {number[]} numbers
 * @param {number} share
 */
export const quantile = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(share * numbers.length)];
export const median = (numbers) => quantile(numbers, 0.5);

/**
 * The median time of each function, in milliseconds.
 * @param {Record<string, () => unknown>} functions
 * @param {{ rounds?: number, atLeast?: number }} options how many rounds, and how many milliseconds
 *   a turn takes at least
 */
export function measure(functions, { rounds = 15, atLeast = 20 } = {}) {
  const names = Object.keys(functions);
  const repeats = {};
  for (const name of names) {
    // Warmed up, and repeated until the clock's resolution suffices.
    const until = now() + 150;
    do functions[name]();
    while (now() < until);
    const begin = now();
    functions[name]();
    repeats[name] = Math.max(1, Math.ceil(atLeast / Math.max(0.001, now() - begin)));
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const begin = now();
      for (let n = repeats[name]; n--;) functions[name]();
      times[name].push((now() - begin) / repeats[name]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}

/** A table in Markdown: rows of names, columns of cells. */
export function table(head, rows) {
  const lines = [head, head.map((_, i) => (i ? '---:' : '---')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const milliseconds = (ms) =>
  (ms < 1 ? ms.toFixed(3) : ms < 100 ? ms.toFixed(2) : ms.toFixed(0)) + ' ms';
export const ratio = (a, b) => (a / b).toFixed(a / b < 10 ? 2 : 1) + ' ×';

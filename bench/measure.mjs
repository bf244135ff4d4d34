// Measures functions side by side: every round runs each of them once, in an order that moves on, so that a machine that is
// busy for a while is busy for all; of the rounds the median counts.
import { performance } from 'node:perf_hooks';

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
};

/**
 * Milliseconds that each takes, medians.
 * @param {Record<string, () => unknown>} functions @param {{ rounds?: number, seconds?: number }} options
 */
export function measure(functions, { rounds = 15, atLeast = 20 } = {}) {
  const names = Object.keys(functions);
  const repeats = {};
  for (const name of names) {
    // Warm, and so often that the clock can tell.
    const until = performance.now() + 150;
    do functions[name](); while (performance.now() < until);
    const begin = performance.now();
    functions[name]();
    repeats[name] = Math.max(1, Math.ceil(atLeast / Math.max(0.001, performance.now() - begin)));
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const begin = performance.now();
      for (let n = repeats[name]; n--; ) functions[name]();
      times[name].push((performance.now() - begin) / repeats[name]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}

/** A table in Markdown: rows of names, columns of cells. */
export function table(head, rows) {
  const lines = [head, head.map((_, i) => (i ? '---:' : '---')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const milliseconds = (ms) => (ms < 1 ? ms.toFixed(3) : ms < 100 ? ms.toFixed(2) : ms.toFixed(0)) + ' ms';
export const ratio = (a, b) => (a / b).toFixed(a / b < 10 ? 2 : 1) + ' ×';

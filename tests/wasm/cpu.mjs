/**
 * Milliseconds of this process's work in `run`, whatever else the machine does.
 * @param {() => void} run
 */
export function cpuTime(run) {
  const begin = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

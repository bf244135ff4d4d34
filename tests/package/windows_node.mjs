// Runs a program under a Node that behaves as on Windows, as far as a command can tell: paths have
// a drive and backslashes, and a path of POSIX leads nowhere. The drive C: is this machine's root.
//
//     node windows_node.mjs PROGRAM WORD…
//
// docs/build.md says what is not simulated.

import fs from 'node:fs';
import module, { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import url from 'node:url';

const DRIVE = 'C:';
const cwd = process.cwd();
const program = fs.realpathSync(process.argv[2]);
process.argv.splice(1, 1);
// Node's loader reads the program's own files, by their paths here.
const address = url.pathToFileURL(program).href;
const OWN = `${path.dirname(program)}/`;
const { win32 } = path;

/** What Windows calls a file here. */
const named = (file) => DRIVE + file.replaceAll('/', '\\');

/** Where a file of Windows is here; it must be one that Windows can have. */
function placed(file) {
  if (typeof file !== 'string' || file.startsWith(OWN)) return file;
  const whole = /^[a-z]:[\\/]|^[^\\/]/i.test(file)
    ? win32.resolve(named(cwd), file)
    : `\\nowhere${file}`;
  const names = whole.slice(/^[a-z]:/i.test(whole) ? DRIVE.length : 0).split('\\');
  if (whole.startsWith(DRIVE) && !names.some((name) => /[<>:"|?*]/.test(name)))
    return names.join('/');
  return `/nowhere${names.join('/')}`;
}

Object.defineProperty(process, 'platform', { value: 'win32' });
process.cwd = () => named(cwd);
os.tmpdir = (
  (own) => () =>
    named(own())
)(os.tmpdir);
os.userInfo = ((own) => () => ({ ...own(), uid: -1, gid: -1 }))(os.userInfo);
url.fileURLToPath = (
  (own) => (address) =>
    named(own(address))
)(url.fileURLToPath);

// It asks the system by functions of its own.
fs.watch = () => ({ on() {}, close() {} });

const TWO_PATHS = ['rename', 'symlink', 'link', 'copyFile', 'cp'];
const GIVES_PATH = ['realpath', 'readlink', 'mkdtemp'];
for (const functions of [fs, fs.promises])
  for (const name of Object.keys(functions)) {
    const own = functions[name];
    const kind = name.replace(/Sync$/, '');
    // Those of descriptors, and those that call others of these.
    if (typeof own !== 'function' || /^(f[a-z]|_|[A-Z]|create|watch)/.test(name)) continue;
    const count = TWO_PATHS.includes(kind) ? 2 : 1;
    functions[name] = Object.assign(function (...words) {
      if (String(words[0]).startsWith(OWN)) return own.apply(this, words);
      for (let at = 0; at < count; at++) words[at] = placed(words[at]);
      const result = own.apply(this, words);
      if (!GIVES_PATH.includes(kind)) return result;
      return result instanceof Promise ? result.then(named) : result && named(result);
    }, own);
  }

// What createRequire() loads is named as on Windows.
const { _resolveFilename } = module;
module._resolveFilename = (request, ...words) =>
  _resolveFilename(/^[a-z]:/i.test(request) ? placed(request) : request, ...words);

// Of the program alone: Node itself takes the paths of its system.
const SHIM = `data:text/javascript,${encodeURIComponent(
  "import path from 'node:path'; export default path.win32;" +
    `export const { ${Object.keys(win32).join(', ')} } = path.win32;`,
)}`;
const HOOKS = `export const resolve = (name, context, next) =>
  /^(node:)?path$/.test(name) && !context.parentURL?.startsWith('data:')
    ? { url: ${JSON.stringify(SHIM)}, shortCircuit: true }
    : next(name, context);`;
module.register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
const { _load } = module;
module._load = (name, ...words) => (/^(node:)?path$/.test(name) ? win32 : _load(name, ...words));

syncBuiltinESMExports();
await import(address);

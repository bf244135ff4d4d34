// Format and lint of every file that git knows: prettier for scripts, sheets and the documents that
// .prettierignore lets through, eslint for scripts, clang-format for C++, ruff for Python, esbuild
// for the names that the tests import, the words of words.mjs, and the length of lines and files.
// All of the tools are pinned npm packages, clang-format and ruff as WebAssembly, so every machine
// has the same versions.
//
//   node tests/lint.mjs          one line for each finding: path:line: what
//   node tests/lint.mjs --fix    mends what a tool can mend, then lists the rest
//   node tests/lint.mjs --list   the files that it reads, a line each
//   node tests/lint.mjs --these  only those of the files that standard input names, a line each;
//                                the line "imports" there stands for the imports of all tests
//
// The last line is "N files, M findings"; the exit code is 1 when there are findings.
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { format as clangFormat } from '@wasm-fmt/clang-format';
import * as esbuild from 'esbuild';
import { ESLint } from 'eslint';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { CLEAN, wordFindings } from './words.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const COLUMNS = 100;
const MAX_LINES = 600;

// Lists, not code.
const LONG = new Set([
  'cmake/budgets.json',
  'docs/reference.md',
  'package-lock.json',
  'bench/package-lock.json',
  'tests/server/package-lock.json',
  'bench/sheets/package-lock.json',
]);

// Data and sources of test sites, which are test input.
const DATA =
  /^(content|core\/theme\/_plugins|tests\/(sites|spec\/[\w-]+\.json|web\/rouge|web\/states\/\w+\.json))(\/|$)/;
const SCRIPTS = ['.js', '.mjs', '.jsx'];
// An address, a symbol: a line that holds one may be longer.
const UNBREAKABLE = /\S{60}/;
const PRETTY = [...SCRIPTS, '.ts', '.tsx', '.css', '.json', '.md'];
const CPP = ['.cpp', '.h'];

const RUFF = new Workspace(
  {
    'line-length': COLUMNS,
    'target-version': 'py38',
    lint: {
      select: ['E', 'F', 'W', 'I', 'B', 'UP', 'C4', 'PLE', 'RUF100'],
      // Scripts say first where their neighbours are imported from.
      ignore: ['E402'],
    },
  },
  PositionEncoding.Utf32,
);
const CLANG_STYLE = readFileSync(join(ROOT, '.clang-format'), 'utf8');

/** @typedef {{ path: string, line: number, what: string }} Finding */

/**
 * Markdown in which tables that are too wide for a line have no padding: prettier makes all rows as
 * long as the longest one.
 */
function compactTables(text) {
  const blocks = /^(?<fence> *```+).*\n[^]*?^\k<fence>|(?:^ *\|.*\|\n)+/gm;
  return text.replace(blocks, (block, fence) => {
    if (fence || block.split('\n').every((row) => [...row].length <= COLUMNS)) return block;
    return block
      .replace(/ +(?=\|)/g, (blanks, at) => (/^$|\n/.test(block[at - 1] ?? '') ? blanks : ' '))
      .replace(/(?<=(?<!\\)\|) +/g, ' ')
      .replace(/^( *\|)[ :|-]+$/m, (row) => row.replace(/-{4,}/g, '---'));
  });
}

/** The text of a file as its formatter writes it; undefined: no formatter has this kind. */
async function formatted(path, text) {
  const kind = extname(path);
  if (CPP.includes(kind)) return clangFormat(text, path, CLANG_STYLE);
  if (kind === '.py') return RUFF.format(text);
  if (!PRETTY.includes(kind)) return undefined;
  const { ignored } = await prettier.getFileInfo(path, { ignorePath: '.prettierignore' });
  if (ignored) return undefined;
  const options = { ...(await prettier.resolveConfig(path)), filepath: path };
  const right = await prettier.format(text, options);
  return kind === '.md' ? compactTables(right) : right;
}

/** The first line on which two texts differ, from 1. */
function firstDifference(text, other) {
  const [lines, others] = [text.split('\n'), other.split('\n')];
  return lines.findIndex((line, at) => line !== others[at]) + 1 || lines.length;
}

/** @returns {Finding[]} lines that are too long in files whose linter does not count them */
function longLines(path, text) {
  const kind = extname(path);
  if (![...CPP, '.css', '.ts', '.tsx'].includes(kind)) return [];
  let raw = false;
  return text.split('\n').flatMap((line, at) => {
    // Raw strings are as long as their content.
    const held = raw || /R"\w*\(/.test(line);
    if (held) raw = !/\)\w*"/.test(line.replace(/.*R"\w*\(/, ''));
    const length = [...line].length;
    const breaks = !held && !UNBREAKABLE.test(line);
    if (length <= COLUMNS || !breaks) return [];
    return [{ path, line: at + 1, what: `the line has ${length} columns, at most ${COLUMNS}` }];
  });
}

/** Whether a line of Python is too long for its strings alone, which can't break. */
function hasLongString(line) {
  const code = line.replace(/(["'])(\\.|(?!\1)[^\\])*\1/g, '""');
  const shorter = code !== line && [...code].length <= COLUMNS;
  return !/^\s*#/.test(line) && (shorter || UNBREAKABLE.test(line));
}

/** @returns {Finding[]} */
function pythonFindings(path, text) {
  const lines = text.split('\n');
  const all = RUFF.check(text).filter(
    ({ code, start_location: { row } }) => code !== 'E501' || !hasLongString(lines[row - 1]),
  );
  return all.map(({ code, message, start_location: { row } }) => ({
    path,
    line: row,
    what: `${message} (ruff ${code})`,
  }));
}

/** @returns {Promise<Finding[]>} */
async function scriptFindings(paths, fix) {
  const eslint = new ESLint({ cwd: ROOT, fix });
  const results = await eslint.lintFiles(paths);
  if (fix) await ESLint.outputFixes(results);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId }) => ({
      path: filePath.slice(ROOT.length + 1),
      line: line ?? 1,
      what: `${message} (eslint ${ruleId})`,
    })),
  );
}

/**
 * Imports of names that no file exports. A test with one runs nothing at all, and tsc does not read
 * the tests.
 * @returns {Promise<Finding[]>}
 */
async function importFindings(paths) {
  const options = { bundle: true, write: false, outdir: '.', format: 'esm', platform: 'node' };
  try {
    await esbuild.build({
      ...options,
      entryPoints: paths,
      packages: 'external',
      external: ['/*'], // external: ['/*'], // imports of a page in the browser
      logLevel: 'silent',
      target: 'node20',
    });
    return [];
  } catch (error) {
    return error.errors.map(({ location, text }) => ({
      path: location?.file ?? paths[0],
      line: location?.line ?? 1,
      what: text,
    }));
  }
}

/** @returns {Promise<Finding[]>} */
async function findingsOf(path, fix) {
  let text = readFileSync(path, 'utf8');
  const right = await formatted(path, text);
  const wrong = right !== undefined && right !== text;
  if (wrong && fix) writeFileSync(path, (text = right));
  const found = [];
  if (wrong && !fix) {
    found.push({ path, line: firstDifference(text, right), what: 'is not formatted: --fix' });
  }
  if (extname(path) === '.py') found.push(...pythonFindings(path, text));
  found.push(...longLines(path, text));
  if (CLEAN.test(path)) found.push(...wordFindings(path, text));
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES && [...CPP, '.py', ...PRETTY].includes(extname(path)) && !LONG.has(path)) {
    found.push({
      path,
      line: MAX_LINES,
      what: `the file has ${lines} lines, at most ${MAX_LINES}`,
    });
  }
  return found;
}

/** The files that git knows and a tool reads. */
function knownFiles() {
  const listed = execFileSync('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  const paths = listed
    .toString()
    .split('\0')
    .filter((path) => path && existsSync(path) && !DATA.test(path));
  return paths.filter((path) => [...PRETTY, ...CPP, '.py'].includes(extname(path)));
}

async function main() {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const { values } = parseArgs({ options: { fix: flag, list: flag, these: flag } });
  process.chdir(ROOT);
  const all = knownFiles();
  if (values.list) return console.log(all.join('\n'));
  const wanted = values.these && new Set(readFileSync(0, 'utf8').split('\n'));
  const known = wanted ? all.filter((path) => wanted.has(path)) : all;
  const isScript = (path) => SCRIPTS.includes(extname(path));
  const scripts = known.filter(isScript);
  // Files that eslint has fixed are formatted afterwards.
  const found = scripts.length ? await scriptFindings(scripts, values.fix) : [];
  if (!wanted || wanted.has('imports'))
    found.push(...(await importFindings(all.filter((path) => /^tests\/.*\.mjs$/.test(path)))));
  for (const path of known) found.push(...(await findingsOf(path, values.fix)));
  for (const { path, line, what } of found) console.log(`${path}:${line}: ${what}`);
  console.log(`${known.length} files, ${found.length} findings`);
  process.exitCode = found.length ? 1 : 0;
}

await main();

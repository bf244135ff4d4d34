// The playground: what is typed on the left is seen on the right, as Jekyll would make it. This script puts its parts together.

import { NOT_FOUND } from '../abi.js';
import { download, make } from '../elements.js';
import { site } from '../host.js';
import { toggleScheme } from '../scheme.js';
import { trusted } from '../trusted.js';
import { Renderer } from './core.js';
import { button, icon } from './dom.js';
import { Editor } from './editor.js';
import { Files } from './files.js';
import { keep, recall } from './keep.js';
import { choose, fromArchive, fromFolder } from './open.js';
import { Preview } from './preview.js';
import { Problems } from './problems.js';
import { Project, isText } from './project.js';
import { fromFragment, holdsProject, toFragment } from './share.js';
import { STARTS } from './starts.js';
import { Tabs } from './tabs.js';
import { zip } from './zip.js';

site.folder = new URL('../meridian/', import.meta.url).href;
// The core's thread is a script of the shell; where the host asks for Trusted Types that has to be said.
site.trust = (url) => trusted.createScriptURL(url);

const project = new Project();
/** The address of the page that is shown, and the one that was shown last without a mistake. */
let [shown, good] = ['/', ''];
/** Which rendering was asked for last. */
let turn = 0;

// ---- what is on the page ------------------------------------------------------------------------------------------

const saved = make('span', { class: 'saved', role: 'status' });
const title = make('span', { class: 'title' });
const starts = make('select', { class: 'start', 'aria-label': 'Open' }, make('option', { value: '' }, 'Open …'));
for (const [name, label] of [['folder', 'A folder …'], ['zip', 'A zip …'], ...Object.entries(STARTS).map(([name, start]) => [name, `New: ${start.title.toLowerCase()}`])]) {
  starts.append(make('option', { value: name }, label));
}
const bar = make(
  'header', { class: 'bar' }, make('h1', {}, icon('globe'), 'Playground'), title, saved, starts,
  button('Download the files', take, { shape: 'download' }), button('Light or dark', scheme, { shape: 'scheme' }), button('Share', share, { class: 'main' }),
);
const nav = make('nav', { class: 'tree', 'aria-label': 'Files' });
const tabList = make('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Open files' });
const source = make('div', { class: 'editor' });
const address = make('code');
const widths = make('span', { role: 'group', 'aria-label': 'Width' });
const frame = make('iframe', { title: 'The page as it will look', sandbox: 'allow-scripts' });
const stage = make('div', { class: 'stage' }, frame);
const stale = make('p', { class: 'stale', hidden: '' }, 'The last page without a mistake; what is wrong now stands below.');
const view = make('section', { class: 'view', 'aria-label': 'Result' }, make('div', { class: 'address' }, address, widths), stage, stale);
const probs = make('section', { class: 'probs', 'aria-labelledby': 'problems', tabindex: '0' });
const facts = make('dl');
const insp = make('section', { class: 'insp', 'aria-labelledby': 'made-of', tabindex: '0' }, make('header', {}, make('h2', { id: 'made-of' }, 'How this page came about')), facts);
const counter = make('span', { class: 'badge' });
const switcher = make('nav', { class: 'switch', 'aria-label': 'Show' });
for (const [id, label] of [['view', 'Result'], ['edit', 'Source'], ['tree', 'Files'], ['probs', 'Problems']]) {
  const input = make('input', { type: 'radio', name: 'show', id: `show-${id}` });
  input.checked = id === 'view';
  switcher.append(make('label', {}, input, label, ...(id === 'probs' ? [counter] : [])));
}
for (const width of ['Phone', 'Tablet', 'Fit']) {
  const made = button(width, () => {
    stage.dataset.width = width.toLowerCase();
    for (const other of widths.children) other.setAttribute('aria-pressed', String(other === made));
  });
  made.setAttribute('aria-pressed', String(width === 'Fit'));
  widths.append(made);
}
document.body.append(bar, nav, make('main', {}, make('section', { class: 'edit', 'aria-label': 'Source' }, tabList, source), view, probs, insp), switcher);

const files = new Files(nav, project);
const tabs = new Tabs(tabList, project);
const editor = new Editor(source, project);
const problems = new Problems(probs, counter);
const preview = new Preview(frame, project);
const renderer = new Renderer(project);

// ---- what happens -------------------------------------------------------------------------------------------------

files.chosen = open;
tabs.chosen = open;
problems.chosen = (/** @type {import('../abi.js').Diagnostic} */ { file = '', line, column }) => {
  if (!project.files.has(file)) return;
  open(file);
  if (line) editor.goTo(line, column);
};
preview.followed = (/** @type {string} */ url) => {
  if (/^(https?|mailto):/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
  else if (/^[a-z][a-z+.-]*:/i.test(url)) tell(`Links to ${url.replace(/:.*/s, ':')} are not followed here.`);
  else go(url);
};
project.whenChanged(() => draw());
starts.addEventListener('change', () => {
  const { value } = starts;
  starts.value = '';
  if (STARTS[value]) {
    if (confirm('Begin anew? The project that is open goes.')) begin(STARTS[value]);
  } else if (value) pick(value === 'folder');
});
// Dropped on the page: an archive, or files for the project.
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  const dropped = [...(event.dataTransfer?.files ?? [])];
  if (!dropped.length) return;
  event.preventDefault();
  if (dropped.length === 1 && /\.zip$/i.test(dropped[0].name)) return bring(() => fromArchive(dropped[0]));
  for (const file of dropped) {
    const folder = /\.(png|jpe?g|gif|svg|webp|avif)$/i.test(file.name) ? 'images/' : '';
    project.put(folder + file.name, isText(file.name) ? await file.text() : new Uint8Array(await file.arrayBuffer()));
  }
});
addEventListener('hashchange', async () => holdsProject(location.hash) && begin(await shared()));

/** Puts another project into the place of this one. @param {import('./project.js').Start} start */
function begin(start) {
  [shown, good] = ['/', ''];
  project.open(start);
  title.textContent = start.title;
  document.title = `${start.title || 'Playground'} · Meridian`;
  const first = start.open && project.files.has(start.open) ? start.open : project.paths.find((path) => isText(path)) ?? '';
  if (first) open(first);
  else draw(true);
}

/** Shows a file, and its page if it has one. @param {string} path */
async function open(path) {
  if (!isText(path)) return tell(`${path} is no text: it can be shown, not edited.`);
  tabs.show(path);
  files.show(path);
  editor.open(path);
  const url = await renderer.addressOf(path);
  if (path === editor.path) go(url ?? shown);
}

/** @param {string} url of the page that is to be shown */
function go(url) {
  const fresh = url !== shown || !good;
  shown = url;
  draw(fresh);
}

/** Makes the page anew. @param {boolean} [fresh] it is another one than before */
async function draw(fresh = false) {
  const mine = ++turn;
  const page = await renderer.render(shown).catch((error) => error);
  if (mine !== turn || !page) return;
  if (page instanceof Error) return showProblems([{ severity: 'error', message: String(page.message), remedy: 'Undo the last change.' }]);
  const found = page.json.diagnostics ?? [];
  const wrong = page.status === NOT_FOUND || found.some((/** @type {any} */ { severity }) => severity === 'error');
  showProblems(found);
  // A page that was good is not given up for one with a mistake.
  stale.hidden = !(wrong && good === page.url && page.status !== NOT_FOUND);
  address.textContent = page.url;
  if (!stale.hidden) return;
  if (!wrong) good = page.url;
  preview.show(page.html, page.url, fresh);
  inspect(page);
}

/** @param {import('../abi.js').Diagnostic[]} found */
function showProblems(found) {
  problems.show(found);
  files.mark(found);
  editor.underline(found);
}

/** @param {import('./core.js').Page} page */
function inspect({ json, html, time }) {
  const rows = [
    ['Made of', json.source ?? 'the theme'],
    ['Title', json.title ?? ''],
    ['Takes', (json.dependencies ?? []).filter((path) => path !== json.source).join(', ')],
    ['Size', `${html.length.toLocaleString()} characters of HTML`],
    ['Time', `${time.toFixed(1)} ms`],
  ];
  facts.replaceChildren(...rows.filter(([, text]) => text).flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, make('code', {}, text))]));
}

function scheme() {
  toggleScheme();
  preview.say({ scheme: document.documentElement.dataset.theme });
}

async function share() {
  try {
    const fragment = await toFragment(project, editor.path);
    history.replaceState(null, '', fragment);
    const { length } = location.href;
    await navigator.clipboard.writeText(location.href).catch(() => {});
    tell(`The link holds the whole project: ${length.toLocaleString()} characters, copied. Nothing was uploaded.${length > 8000 ? ' Some programs cut links of more than 8,000.' : ''}`);
  } catch (error) {
    tell(/** @type {Error} */ (error).message);
  }
}

/** Opens what the reader chooses. @param {boolean} folder or else an archive */
async function pick(folder) {
  const chosen = await choose({ folder });
  if (chosen.length) await bring(() => (folder ? fromFolder(chosen) : fromArchive(chosen[0])));
}

/** @param {() => Promise<import('./project.js').Start>} read */
async function bring(read) {
  try {
    begin(await read());
  } catch (error) {
    tell(/** @type {Error} */ (error).message);
  }
}

/** All files as an archive. */
async function take() {
  const archive = await zip(project.paths.map((path) => [path, /** @type {Uint8Array} */ (project.bytes(path))]));
  download(new Blob([/** @type {BlobPart} */ (archive)], { type: 'application/zip' }), `${(project.title || 'project').replace(/[^\p{L}\p{N}]+/gu, '-')}.zip`);
}

/** What a link brought; a word when it is broken. */
async function shared() {
  try {
    return await fromFragment(location.hash);
  } catch (error) {
    tell(/** @type {Error} */ (error).message);
    return STARTS.note;
  }
}

/** Says something for a while. @param {string} text */
function tell(text) {
  document.querySelector('.note')?.remove();
  const note = make('p', { class: 'note', role: 'status' }, text);
  document.body.append(note);
  setTimeout(() => note.remove(), 6000);
}

// ---- the beginning ------------------------------------------------------------------------------------------------

const kept = holdsProject(location.hash) ? undefined : await recall();
begin(holdsProject(location.hash) ? await shared() : kept ? { ...kept, files: Object.fromEntries(kept.files) } : STARTS.note);
const STATES = { kept: 'Kept in this browser', elsewhere: 'Not kept: another tab has a project open', forbidden: 'Not kept: this browser allows no storage' };
keep(project, () => editor.path, (state) => (saved.textContent = STATES[state]));

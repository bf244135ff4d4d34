// The page that builds a card: shows the card for the chosen options, and its HTML code below.

import { make } from '../base/elements.js';
import './element.js';

const folder = new URL('../meridian/', location.href).href;
// Milliseconds without a key press until the card is loaded.
const PAUSE = 400;

const form = /** @type {HTMLFormElement} */ (document.querySelector('form'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
const field = (/** @type {string} */ name) =>
  /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** The chosen options. */
function chosen() {
  const data = new FormData(form);
  const count = Math.min(10, Math.max(1, Number(data.get('count')) || 3));
  const lists = data.getAll('list').map((name) => (name === 'globe' ? name : `${name}:${count}`));
  const sections = data.getAll('section').map((title) => String(title).replace(/[\s,:]+/g, '_'));
  const size = String(data.get('size'));
  return {
    src: String(data.get('src')).trim(),
    show: size === 'inline' ? '' : [...sections, ...lists].join(' '),
    size: size === 'card' ? '' : size,
  };
}

const escaped = (/** @type {string} */ text) =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/**
 * @param {string} id of the group
 * @param {string} name
 * @param {[value: string, label: string][]} choices
 */
function offer(id, name, choices) {
  const group = /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {HTMLElement} */ (group.querySelector('.choices')).replaceChildren(
    ...choices.map(([value, label]) =>
      make('label', {}, make('input', { type: 'checkbox', name, value }), ` ${label}`),
    ),
  );
  group.hidden = !choices.length;
}

/** The profile whose content can be chosen. */
let offered = '';
/** Empty until the profile is known. */
function offerNone() {
  offered = '';
  offer('lists', 'list', []);
  offer('sections', 'section', []);
}
/** @param {import('./validate.js').Profile} profile */
function offerAll({ lists, sections, stops }) {
  const named = [...lists]
    .filter(([, items]) => items.length)
    .map(
      ([name]) =>
        /** @type {[string, string]} */ ([
          name,
          name.replace(/_/g, ' ').replace(/^./, (sign) => sign.toUpperCase()),
        ]),
    );
  offer('lists', 'list', [
    ...named,
    ...(stops.length ? [/** @type {[string, string]} */ (['globe', 'Globe'])] : []),
  ]);
  offer(
    'sections',
    'section',
    sections.map(({ title }) => [title, title]),
  );
}

/** @param {Event} event */
function explain(event) {
  said.textContent =
    /** @type {CustomEvent} */ (event).detail.reason.replace(/^./, (/** @type {string} */ sign) =>
      sign.toUpperCase(),
    ) + '.';
}

/**
 * Loads all lists and sections of a profile: of raw sources a card knows only those that it shows.
 */
function findOut() {
  const { src } = chosen();
  if (offered === src) return;
  offered = src;
  const all = /** @type {import('./element.js').MeridianProfile} */ (
    document.createElement('meridian-profile')
  );
  Object.assign(all, { src, show: '*' });
  all.addEventListener(
    'meridian-ready',
    () => all.profile && offered === src && offerAll(all.profile),
  );
  all.addEventListener('meridian-error', (event) => offered === src && explain(event));
  all.begin();
}

/** The HTML code for a page. @param {ReturnType<typeof chosen>} what */
function lines({ src, show, size }) {
  const repository = src.replace(/^github:/, '');
  const link = src.startsWith('github:') ? `https://github.com/${repository}` : src;
  const attributes = Object.entries({ src, show, size })
    .filter(([, value]) => value)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
  const query = new URLSearchParams(
    Object.entries({ src, show, size }).filter(([, value]) => value),
  );
  // Reserves space until the card is shown, to avoid a layout shift.
  const high = Math.ceil(card()?.getBoundingClientRect().height ?? 220);
  const room = size === 'inline' ? '' : ` style="display:block;min-block-size:${high}px"`;
  return {
    element: `<script type="module" src="${folder}profile.js"></script>\n<meridian-profile${attributes}${room}><a href="${escaped(link)}">${escaped(card()?.profile?.name ?? link.replace(/^https?:\/\/|\/$/g, ''))}</a></meridian-profile>`,
    frame: `<iframe src="${escaped(`${folder}embed.html?${query}`)}" title="Profile" loading="lazy" sandbox="allow-scripts allow-popups" width="100%" height="${high}" style="border:0"></iframe>`,
  };
}

/** @returns {import('./element.js').MeridianProfile | null} */
const card = () => document.querySelector('.light meridian-profile');

function showLines() {
  const what = chosen();
  for (const [id, text] of Object.entries(what.src ? lines(what) : { element: '', frame: '' }))
    /** @type {HTMLElement} */ (document.getElementById(id)).textContent = text;
}

function draw() {
  if (field('src').value.trim() !== offered) offerNone();
  const { src, show, size } = chosen();
  said.textContent = '';
  for (const place of document.querySelectorAll('.place')) {
    const made = document.createElement('meridian-profile');
    for (const [name, value] of Object.entries({ src, show, size }))
      if (value) made.setAttribute(name, value);
    made.setAttribute('loading', 'eager');
    made.append(src.replace(/^https?:\/\/|\/$/g, ''));
    place.replaceChildren(...(src ? [made] : []));
  }
  showLines();
}

let timer = 0;
form.addEventListener('input', () => {
  clearTimeout(timer);
  timer = window.setTimeout(draw, PAUSE);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  draw();
});
document.addEventListener('meridian-ready', () => {
  findOut();
  showLines();
});
document.addEventListener('meridian-error', explain);
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', async () => {
    const text = document.getElementById(button.dataset.copies ?? '')?.textContent ?? '';
    const copied =
      text &&
      (await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ));
    button.textContent = copied ? 'Copied' : 'Not copied';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
}

field('src').value =
  new URLSearchParams(location.search).get('src') ?? new URL('..', location.href).href;
draw();

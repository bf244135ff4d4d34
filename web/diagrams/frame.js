// Within the frame without an origin: draws diagrams with mermaid. Diagrams are somebody's text,
// and mermaid puts HTML and style sheets made of it into its document: this one has nothing else in
// it, loads nothing but mermaid's own parts, and gives back text.

import './trusted_types.js';
import mermaid from 'mermaid';
import { document } from '../base/unclobbered.js';
import { lineOf } from './lines.js';

/** @typedef {import('../base/diagrams.js').Drawing} Drawing */
/** @typedef {import('../base/diagrams.js').Mistake} Mistake */

// Characters of a diagram, and edges: mermaid's own limits. Beyond them its layout, which is not
// linear, takes seconds.
const [LONGEST, MOST_EDGES] = [50_000, 500];
// Characters of a drawing: ten times what the longest diagrams of the limits above come to.
const LARGEST = 5_000_000;
// Characters of a name that a screen reader reads out at once.
const LONGEST_NAME = 300;
// Takes `$$` apart; it has no width.
const JOINER = '\u2060';
// Characters of a line in a message.
const LONGEST_EXCERPT = 60;

mermaid.initialize({
  startOnLoad: false,
  suppressErrorRendering: true,
  securityLevel: 'strict',
  secure: [
    'secure',
    'securityLevel',
    'startOnLoad',
    'maxTextSize',
    'suppressErrorRendering',
    'maxEdges',
    'htmlLabels',
    'fontFamily',
    'dompurifyConfig',
    'deterministicIds',
  ],
  maxTextSize: LONGEST,
  maxEdges: MOST_EDGES,
  deterministicIds: true,
  // WebKit shows no HTML within images.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  class: { htmlLabels: false },
  // By default the window's. It shrinks to the column of text, and its labels have 11 pixels; in a
  // narrower one dates would touch each other.
  gantt: { useWidth: 840 },
  fontFamily: '"Segoe UI", system-ui, sans-serif',
});

let count = 0;

/** @param {string} text @returns {Promise<Drawing | Mistake>} */
async function draw(text) {
  const { body } = document;
  try {
    // mermaid says so by a drawing of its own.
    if (text.length > LONGEST)
      return { reason: `It is longer than ${LONGEST.toLocaleString('en')} characters: split it` };
    // Formulas would be HTML, which WebKit does not show within images: TeX stands as it is.
    const { svg: html } = await mermaid.render(
      `d${++count}`,
      text.replace(/\$(?=\$)/g, `$${JOINER}`),
    );
    body.innerHTML = html;
    const svg = /** @type {SVGSVGElement} */ (body.querySelector('svg'));
    // Of these two browsers show one: as text it is in every image.
    for (const html of svg.querySelectorAll('switch > foreignObject'))
      if (html.parentElement?.querySelector(':scope > text')) html.remove();
    // Some labels of mind maps begin in the middle of their nodes: mermaid centres them as HTML
    // alone.
    for (const label of svg.querySelectorAll(
      '.mindmap-node .label[transform^="translate(0,"] text',
    ))
      /** @type {SVGTextElement} */ (label).style.textAnchor = 'middle';
    const { width, height } = sizeOf(svg);
    const name = nameOf(svg);
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    svg.style.removeProperty('max-width');
    const made = new XMLSerializer().serializeToString(svg);
    if (made.length > LARGEST) return { reason: 'The drawing is too large: split the diagram' };
    return { svg: made, width, height, name };
  } catch (/** @type {any} */ error) {
    return mistake(error, text);
  } finally {
    body.replaceChildren();
  }
}

/** @param {SVGSVGElement} svg */
function sizeOf(svg) {
  const [, , width, height] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const box = svg.getBoundingClientRect();
  const whole = (/** @type {number} */ size) => Math.max(1, Math.ceil(size));
  return { width: whole(width || box.width), height: whole(height || box.height) };
}

/**
 * What the author says in accTitle and accDescr, else the kind of diagram and its labels.
 * @param {SVGSVGElement} svg
 */
function nameOf(svg) {
  const said = [...svg.querySelectorAll(':scope > title, :scope > desc')];
  const labels = said.length ? said : [...svg.querySelectorAll('text, foreignObject')];
  const texts = labels.map(({ textContent }) =>
    (textContent ?? '').replaceAll(JOINER, '').replace(/\s+/g, ' ').trim(),
  );
  const kind = (svg.getAttribute('aria-roledescription') ?? 'diagram').replace(/-v\d$/, '');
  const name = [...new Set(texts)].filter(Boolean).join(said.length ? '. ' : ', ');
  const whole = said.length ? name : `${kind}: ${name}`;
  return whole.length > LONGEST_NAME ? `${whole.slice(0, LONGEST_NAME - 1)}…` : whole;
}

/** @param {any} error of mermaid's or of one of its parsers @param {string} text */
function mistake(error, text) {
  const all = String(error?.message ?? error);
  const line = lineOf(all, text);
  // After the line, an excerpt and an arrow: the sentence is the last.
  const reason = all
    .trim()
    .split('\n')
    .filter(
      (one) => one.trim() && !/^(Parse|Lexical) error on line|^-*\^$|^\.\.\./.test(one.trim()),
    )
    .pop();
  // Names of tokens tell an author nothing.
  if (
    line &&
    (!reason || /^(Expecting|Unrecognized text|Parsing failed|Parse error)/.test(reason.trim()))
  ) {
    const there = text.split('\n')[line - 1].trim().slice(0, LONGEST_EXCERPT);
    return { reason: `“${there}” is not understood`, line };
  }
  if (/^(Edge limit|Too many edges)/.test(all.trim()))
    return { reason: `It has more than ${MOST_EDGES} edges: split it` };
  const short = (reason ?? all.split('\n')[0]).replace(/^.*\bline:? \d+(, column:? \d+)?:? ?/, '');
  return { reason: short.slice(0, LONGEST_NAME) || 'It is not understood here', line };
}

// A page can't be read by what is in a frame of another origin; with one this script refuses.
if (self.origin === 'null' && parent !== self) {
  addEventListener(
    'message',
    ({ source, ports: [port] }) => {
      if (source !== parent || !port) return;
      port.onmessage = async ({ data }) => port.postMessage(await draw(String(data)));
    },
    { once: true },
  );
  parent.postMessage('meridian-diagrams', '*');
}

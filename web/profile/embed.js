// The card in a frame, for pages without scripts:
// embed.html?src=…&show=…&size=…&theme=dark&origin=https://host.example

import './element.js';

const asked = new URLSearchParams(location.search);

/**
 * The origin of the embedding page, which receives the card's height; '' if it is unknown: then
 * nothing is posted.
 */
function hostOf() {
  try {
    return new URL(asked.get('origin') || document.referrer).origin;
  } catch {
    return '';
  }
}

const card = document.createElement('meridian-profile');
const src = asked.get('src') || new URL('..', location.href).href;
for (const name of ['show', 'size']) card.setAttribute(name, asked.get(name) ?? '');
card.setAttribute('src', src);
card.setAttribute('loading', 'eager');
const theme = asked.get('theme') ?? '';
if (/^(light|dark)$/.test(theme)) document.documentElement.style.colorScheme = theme;
// Shown without a card.
const link = document.createElement('a');
if (/^https?:/.test(src)) link.href = src;
link.textContent = src.replace(/^https?:\/\/|\/$/g, '');
card.append(link);
document.body.append(card);

const host = hostOf();
if (host && parent !== window)
  new ResizeObserver(() =>
    parent.postMessage(
      { type: 'meridian-height', height: Math.ceil(card.getBoundingClientRect().height) },
      host,
    ),
  ).observe(card);

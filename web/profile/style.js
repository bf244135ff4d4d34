// The card's style. It inherits colours from the text around it, and adapts to the available width;
// the page's own styles end at the shadow root.

/**
 * The placeholder: a frame for the fallback, with the card's minimal height. It is given twice:
 * here by the width (within 3 pixels, of which the frame has 2), as a container with the card's own
 * font costs a tenth of the card's time; in STYLE by a container query.
 */
export const WAITING = `
:host { display: block !important; visibility: visible !important; opacity: 1 !important }
:host([hidden]) { display: none !important }
:host([size=inline]) { display: inline-block !important; vertical-align: middle }
.wait { display: grid; align-items: center; border: 1px solid; border-color: var(--meridian-color-border, color-mix(in srgb, currentcolor 18%, transparent)); border-radius: var(--meridian-radius, .75em); background: var(--meridian-color-bg, color-mix(in srgb, currentcolor 4%, transparent)) }
.wait::before, slot { display: block; grid-area: 1 / 1 }
slot { padding-inline: 1.1em }
.wait::before { content: ""; font-size: max(.875rem, 14px); padding-block-end: calc(clamp(8.4em, (100% + 3px - 320em / 14) * 999, 14.5em) - clamp(0em, (100% + 3px - 544em / 14) * 999, 2.5em) - 2px) }
.failed { padding: .6em 0 }
.said { padding-inline: 1.1em; font-size: max(.875rem, 14px); overflow-wrap: anywhere }
.failed::before { display: none }
:host([size=inline]) .wait { border: 0; background: none; padding-block: 0 }
:host([size=inline]) .wait::before { font-size: inherit; padding-block-end: 1.5em }
:host([size=inline]) slot { padding-inline: 1.9em 0 }
`;

/**
 * The loaded card. Its width is measured in its own font size: a page's root may have any size, and
 * many have ten pixels.
 */
export const STYLE = `
.box { container: meridian-profile / inline-size; font-size: max(.875rem, 14px); contain-intrinsic-block-size: auto 8.4em }
.away { content-visibility: auto }
.card {
  all: initial; direction: inherit; color-scheme: inherit; color: var(--meridian-color-fg, inherit); font-family: var(--meridian-font-body, inherit);
  box-sizing: border-box; inline-size: 100%; min-block-size: 8.4em; font-size: max(.875rem, 14px); line-height: 1.5; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: .75em 1em; padding: 1.1em;
  border: 1px solid; border-color: var(--meridian-color-border, color-mix(in srgb, currentcolor 18%, transparent)); border-radius: var(--meridian-radius, .75em);
  background: var(--meridian-color-bg, color-mix(in srgb, currentcolor 4%, transparent));
}
.card > *, .list > * { min-inline-size: 0 }
p, ul, ol, h1, h2, h3, h4, h5, h6 { margin: 0; padding: 0; font: inherit; list-style: none }
a { color: var(--meridian-color-accent, inherit); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em; text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent) }
a:hover { text-decoration-color: currentcolor }
a:focus-visible { outline: 2px solid; outline-offset: 2px; border-radius: 2px }
.face { display: grid; place-items: center; inline-size: 3em; block-size: 3em; border-radius: 50%; object-fit: cover; overflow: hidden; background: color-mix(in srgb, currentcolor 12%, transparent); font-weight: 600 }
.bio, .links, .more { grid-column: 1 / -1 }
:is(.name, .line, .bio) { unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent }
.name { font-size: 1.2em; line-height: 1.25; font-weight: 600 }
.name .quiet { font-size: max(.875rem, 14px) }
.name a { color: inherit; text-decoration: none }
.name a:hover { text-decoration: underline }
.quiet, time { color: var(--meridian-color-muted, color-mix(in srgb, currentcolor 80%, transparent)); font-weight: 400 }
.line, .bio { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.card > :is(.bio, .links, .more) { display: none }
.links { flex-wrap: wrap; margin: -.3em -.4em -.5em }
.links a { display: grid; grid-auto-flow: column; place-items: center; gap: .4em; min-inline-size: 2.2em; block-size: 2.2em; border-radius: .4em; text-decoration: none; white-space: nowrap }
.links a:hover { background: color-mix(in srgb, currentcolor 10%, transparent) }
.links .named { padding-inline: .4em }
svg { inline-size: 1.3em; block-size: 1.3em; fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
svg.filled { fill: currentcolor; stroke: none }
:host([size=inline]) .box { display: contents; font-size: inherit }
.inline { display: flex; inline-size: auto; min-block-size: 1.5em; gap: .4em; padding: 0; border: 0; background: none; font-size: inherit; line-height: inherit }
.inline .face { inline-size: 1.5em; block-size: 1.5em }
.inline .name { font-size: 1em; font-weight: inherit }
.inline .name a { color: var(--meridian-color-accent, inherit); text-decoration: underline; text-decoration-thickness: 1px }
.inline .quiet { display: none }
@container meridian-profile (width < 14em) { .card { grid-template-columns: minmax(0, 1fr); padding: .8em } .name { font-size: 1em } }
@container meridian-profile (width >= 22.857em) {
  .card { padding: 1.25em; min-block-size: 14.5em }
  .face { inline-size: 4.5em; block-size: 4.5em } .card > .bio { display: -webkit-box } .card > .links { display: flex } .name { font-size: 1.3em }
}
@container meridian-profile (width >= 38.857em) {
  .card { grid: auto 1fr / auto minmax(0, 1fr) auto; padding: 1.5em; gap: .5em 1.4em; align-items: start; min-block-size: 12em }
  .face { inline-size: 7em; block-size: 7em; grid-row: span 2 } .bio { grid-area: 2 / 2 / 3 / -1 } .links { grid-area: 1 / 3; max-inline-size: 40cqi; justify-content: end; margin: -.3em -.4em 0 0 }
}
.full > .more { display: grid }
.full > .links { display: flex }
.full > .bio { display: block }
@media (forced-colors: active) { .card { border-color: CanvasText } }
@media print { .card { break-inside: avoid } }
`;

/** Lists and sections beside the person. */
export const BESIDE = `
:is(.title, .list span, .html *) { unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent }
.more > * { min-inline-size: 0 }
.more { gap: 1.2em; border-block-start: 1px solid; border-color: inherit; padding-block-start: 1em; margin-block-start: .5em }
.title, .html :is(h2, h3, h4, h5, h6) { font-weight: 600; margin-block-end: .3em }
.list li { display: flex; flex-wrap: wrap; gap: 0 .8em; padding-block: .2em; align-items: baseline }
.list span:not(.quiet) { flex: 1 1 8em; min-inline-size: 0 }
time { flex: 0 0 4.2em; font-variant-numeric: tabular-nums }
.html :is(p, ul, ol) { margin-block: .5em }
.html :is(ul, ol) { padding-inline-start: 1.4em; list-style: disc }
.html ol { list-style: decimal }
.html img { max-inline-size: 100%; block-size: auto; max-block-size: 40em; object-fit: contain }
.html, .list { max-block-size: 80em; overflow: auto }
.html :is(table, pre) { display: block; overflow-x: auto; max-inline-size: 100% }
.html :is(b, strong, th) { font-weight: 600 }
meridian-globe { inline-size: min(100%, 24em); margin-inline: auto }
meridian-globe::part(hint) { display: none }
meridian-globe::part(list) { max-block-size: 7.5em; overflow-y: auto; margin-block-start: .5em }
meridian-globe ol { columns: 2; column-gap: 1em; font-size: .9em }
meridian-globe button { all: unset; cursor: pointer }
meridian-globe b { font-weight: 400 }
meridian-globe button:focus-visible { outline: 2px solid; outline-offset: 1px }
`;

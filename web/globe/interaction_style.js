// The style sheet of controls, card and hints, adopted with the interaction.

/**
 * For the page: names in the list look as before they became buttons. In a layer, so that the
 * page's own rules win.
 */
export const LISTED =
  '@layer { meridian-globe li button { padding: 0; border: 0; background: none; font: inherit; color: inherit; text-align: inherit; cursor: pointer } }';

export const HANDLED = `
canvas.over { cursor: pointer }
canvas.held { cursor: grabbing }
canvas:focus-visible { outline: 2px solid var(--meridian-globe-marker, Highlight); outline-offset: 2px }
.live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
.controls { position: absolute; inset-block-start: .75rem; inset-inline-end: .75rem; display: flex; gap: 1px; max-inline-size: 100%; border-radius: 6px; overflow: clip; border: 1px solid #8885; background: Canvas; background: light-dark(#fff, #23282b); color: CanvasText; color: light-dark(#1b1f22, #e9ecec) }
@supports not (container: a / size) { .controls { position: static; margin: .75rem .75rem .75rem auto; inline-size: max-content } }
button { inline-size: 2.25rem; block-size: 2.25rem; display: grid; place-items: center; padding: 0; border: 0; box-shadow: 0 0 0 1px #8885; background: none; color: inherit; font: 600 .65rem system-ui, sans-serif; cursor: pointer }
/* The formats of a picture are in the row, too, which is as long as before. */
.formats { display: contents }
.saving button { inline-size: calc(1.6875rem - .25px) }
button:hover { background: #8882 }
button:focus-visible { outline: 2px solid Highlight; outline-offset: -3px }
svg { inline-size: 1.15rem; block-size: 1.15rem; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
.tip { position: absolute; inset-inline-start: auto; left: var(--x, 0); top: var(--y, 0); translate: calc(-1 * var(--x, 0)) calc(-100% - 14px); max-inline-size: min(16rem, 100%); box-sizing: border-box; inline-size: max-content; padding: .4rem .7rem; border-radius: 6px; pointer-events: none; line-height: 1.35; background: Canvas; background: light-dark(#fff, #2a3034); color: CanvasText; color: light-dark(#1b1f22, #e9ecec); border: 1px solid #8885; box-shadow: 0 .4rem 1.4rem #0003; z-index: 1 }
.tip.below { translate: calc(-1 * var(--x, 0)) 14px }
.tip a { pointer-events: auto; color: inherit; font-weight: 600; display: block }
.tip b { display: block }
.tip span { opacity: .8; font-size: .9em }
.tip p { margin: .3em 0 0; font-size: .9em }
.tip img { display: block; max-inline-size: 100%; max-block-size: 8rem; border-radius: 4px; margin-block-end: .35rem }
:host(:fullscreen) { overflow: auto }
:host(:fullscreen) .stage { inline-size: min(100%, 100vh - 11rem) }
@container meridian-globe (width < 28rem) {
  .controls { position: static }
  .controls button { flex: 0 1 2.75rem; min-inline-size: 0; block-size: 2.75rem }
}
@media (forced-colors: active) { .controls, .tip { border-color: CanvasText } }
@media print { .tip { display: none } }
`;

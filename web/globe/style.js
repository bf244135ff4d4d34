// The element's own sheet; what a page may change are its parts and the custom properties.

export const STYLE = `
:host { display: block }
.root { container: meridian-globe / inline-size }
:host([hidden]) { display: none }
.front { position: relative }
.pane { display: grid; justify-items: center; padding: .5rem 1rem 0 }
.stage { position: relative; inline-size: min(100%, 36rem); aspect-ratio: 1; contain: layout size }
::slotted([slot="still"]) { position: absolute; inset: 0; inline-size: 100% !important; block-size: 100%; margin: 0 !important }
:host([ready]) slot[name="still"] { display: none }
canvas { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; cursor: grab; touch-action: pan-y; -webkit-user-select: none; user-select: none }
canvas.over { cursor: pointer }
canvas.held { cursor: grabbing }
canvas:focus-visible { outline: 2px solid var(--meridian-globe-marker, Highlight); outline-offset: 2px }
.probe, .live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
.hint { margin: .25rem 0 .75rem; text-align: center; font-size: .85em; opacity: .75 }
.controls { position: absolute; inset-block-start: .75rem; inset-inline-end: .75rem; display: grid; border-radius: 6px; overflow: clip; border: 1px solid light-dark(#0002, #fff3); background: light-dark(#fff, #23282b) }
.controls[hidden], .stage[hidden], .tip[hidden] { display: none }
button { inline-size: 2.25rem; block-size: 2.25rem; display: grid; place-items: center; padding: 0; border: 0; background: none; color: inherit; cursor: pointer }
button + button { border-block-start: 1px solid light-dark(#0002, #fff3) }
button:hover { background: light-dark(#00000010, #ffffff18) }
button:focus-visible { outline: 2px solid Highlight; outline-offset: -3px }
svg { inline-size: 1.15rem; block-size: 1.15rem; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
.tip { position: absolute; inset-inline-start: auto; left: var(--x, 0); top: var(--y, 0); translate: calc(-1 * var(--x, 0)) calc(-100% - 14px); max-inline-size: 16rem; inline-size: max-content; padding: .4rem .7rem; border-radius: 6px; pointer-events: none; line-height: 1.35; background: light-dark(#fff, #2a3034); color: light-dark(#1b1f22, #e9ecec); border: 1px solid light-dark(#0002, #fff3); box-shadow: 0 .4rem 1.4rem #0003; z-index: 1 }
.tip.below { translate: calc(-1 * var(--x, 0)) 14px }
.tip a { pointer-events: auto; color: inherit; font-weight: 600; display: block }
.tip b { display: block }
.tip span { opacity: .8; font-size: .9em }
.tip p { margin: .3em 0 0; font-size: .9em }
.tip img { display: block; max-inline-size: 100%; max-block-size: 8rem; border-radius: 4px; margin-block-end: .35rem }
@container meridian-globe (width >= 46rem) {
  .body { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(17rem, 1fr) }
  .list { block-size: 0; min-block-size: 100%; overflow: auto; scrollbar-width: thin; border-inline-start: 1px solid light-dark(#0002, #fff3) }
}
@container meridian-globe (width < 28rem) {
  .controls { position: static; grid-auto-flow: column; margin-block-end: 1rem }
  button { inline-size: 2.75rem; block-size: 2.75rem }
  button + button { border-block-start: 0; border-inline-start: 1px solid light-dark(#0002, #fff3) }
}
@media (forced-colors: active) { .controls, .tip { border-color: CanvasText } }
@media print {
  .controls, .hint, .tip { display: none }
  .body { display: block }
  .list { block-size: auto; overflow: visible; border: 0 }
}
`;

// The element's style sheet; pages change it through parts and custom properties.

export const STYLE = `
:host { display: block }
:host([hidden]), [hidden], :host([list=none]) .list, :host([stats=none]) .stats { display: none !important }
.root { container: meridian-globe / inline-size }
.front { position: relative }
.pane { display: grid; justify-items: center; padding: .5rem 1rem 0 }
.stats { min-block-size: 1lh; margin: 0; padding: .75rem 1rem 0 }
.stage { position: relative; inline-size: min(100%, 36rem); aspect-ratio: 1; contain: layout size }
::slotted([slot="still"]) { position: absolute; inset: 0; inline-size: 100% !important; block-size: 100%; margin: 0 !important }
:host([ready]) slot[name="still"] { display: none }
canvas { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; cursor: grab; touch-action: pan-y; -webkit-user-select: none; user-select: none; border-radius: 6px; forced-color-adjust: none }
.list { overflow-wrap: anywhere }
.hint { min-block-size: 1lh; margin: .25rem 0 .75rem; text-align: center; font-size: .85em; opacity: .75 }
/* Six buttons stand in a row above the stage, beside the numbers: nothing of the picture is under
   them. */
@container meridian-globe (width >= 28rem) { slot[name=facts] { display: block; min-block-size: 3.25rem; padding-inline-end: 15rem } }
@container meridian-globe (width >= 46rem) {
  .body { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(17rem, 1fr) }
  .list { block-size: 0; min-block-size: 100%; overflow: auto; scrollbar-width: thin; scrollbar-color: #8885 #0000; border-inline-start: 1px solid #8885 }
  :host([list=none]) .body { display: block }
  .failed .list { min-block-size: 20rem }
}
/* Two lines, whether the reader's fonts need them or not: the picture that stands here before keeps
   as much. */
@container meridian-globe (width < 28rem) { .controls { min-block-size: 2.75rem; margin-block-end: 1rem } .hint { min-block-size: 2lh } }
@media (forced-colors: active) {
  :host { --meridian-globe-water: Canvas; --meridian-globe-land: color-mix(in srgb, Canvas, CanvasText 18%); --meridian-globe-visited: color-mix(in srgb, Canvas, CanvasText 45%); --meridian-globe-selected: color-mix(in srgb, Canvas, CanvasText 60%); --meridian-globe-coast: CanvasText; --meridian-globe-arc: LinkText; --meridian-globe-marker: LinkText; --meridian-globe-label: CanvasText; --meridian-globe-halo: Canvas }
}
@media print {
  .controls, .hint { display: none !important }
  .body { display: block }
  .list { block-size: auto; overflow: visible; border: 0 }
}
`;

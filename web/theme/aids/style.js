// How the reading aids look, on pages of Meridian's theme and others: its colours, where it has
// them.

export const STYLE = `
@layer parts {
  :root {
    --aids: 1;
    --aid-paper: var(--raised, Canvas);
    --aid-ink: var(--ink, CanvasText);
    --aid-rule: var(--rule, color-mix(in srgb, CanvasText 25%, Canvas));
    --aid-accent: var(--accent, LinkText);
  }
  .aid-status {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .aid-copy {
    position: relative;
    block-size: 0;
    margin: 0;
    z-index: 1;
  }
  .aid-copy > button {
    position: absolute;
    inset-block-start: 0.35rem;
    inset-inline-end: 0.35rem;
    min-inline-size: 2.25rem;
    min-block-size: 2.25rem;
    padding: 0 0.5rem;
    border: 1px solid var(--aid-rule);
    border-radius: 0.375rem;
    background: var(--aid-paper);
    color: var(--aid-ink);
    font: 0.8rem/1 var(--ui, system-ui);
    cursor: pointer;
    opacity: 0;
  }
  .aid-copy > button::before {
    content: '';
    display: inline-block;
    inline-size: 0.65rem;
    block-size: 0.75rem;
    border: 1.5px solid;
    border-radius: 2px;
    box-shadow:
      0.2rem -0.2rem 0 -1.5px var(--aid-paper),
      0.2rem -0.2rem 0 0 currentcolor;
  }
  .aid-copy > button[data-copied]::before {
    content: attr(data-copied);
    inline-size: auto;
    block-size: auto;
    border: 0;
    box-shadow: none;
  }
  :is(.aid-copy:hover, :hover > .aid-copy) > button,
  .aid-copy > button:is(:focus-visible, [data-copied]) {
    opacity: 1;
  }
  @media (hover: none) {
    .aid-copy > button {
      opacity: 0.85;
    }
  }
  .aid-anchor {
    margin-inline-start: 0.35em;
    padding-inline: 0.2em;
    font-weight: 400;
    text-decoration: none;
    color: var(--ink-3, inherit);
    opacity: 0;
  }
  .aid-anchor::before {
    content: '#';
  }
  .aid-anchor[data-copied]::after {
    content: ' ' attr(data-copied);
    font: 0.8rem/1 var(--ui, system-ui);
  }
  :is(h2, h3, h4):hover > .aid-anchor,
  .aid-anchor:is(:focus-visible, [data-copied]) {
    opacity: 1;
  }
  @media (hover: none) {
    .aid-anchor {
      opacity: 0.7;
    }
  }
  .aid-note {
    position: fixed;
    z-index: 20;
    box-sizing: border-box;
    inline-size: max-content;
    max-inline-size: min(24rem, calc(100vw - 16px));
    max-block-size: 40vh;
    overflow: auto;
    padding: 0.7rem 0.9rem;
    border: 1px solid var(--aid-rule);
    border-radius: 0.5rem;
    background: var(--aid-paper);
    color: var(--aid-ink);
    font: 400 0.9rem/1.5 var(--text, inherit);
    text-align: start;
    text-indent: 0;
    white-space: normal;
    overflow-wrap: anywhere;
    box-shadow: 0 4px 20px #0003;
  }
  .aid-note > :first-child {
    margin-block-start: 0;
  }
  .aid-note > :last-child {
    margin-block-end: 0;
  }
  .aid-larger {
    cursor: zoom-in;
  }
  .aid-larger:focus-visible {
    outline: 2px solid var(--aid-accent);
    outline-offset: 2px;
  }
  .aid-zoom {
    position: fixed;
    inset: 0;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 1rem;
    border: 0;
    background: #0b0d0ff2;
    cursor: zoom-out;
    place-items: center;
  }
  .aid-zoom[open] {
    display: grid;
  }
  .aid-zoom > img {
    max-inline-size: 100%;
    max-block-size: calc(100vh - 2rem);
    object-fit: contain;
  }
  .aid-zoom > button {
    position: absolute;
    inset-block-start: 1rem;
    inset-inline-end: 1rem;
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    border: 0;
    border-radius: 50%;
    background: #0b0d0fb3;
    color: #fff;
    font: 1.5rem/1 sans-serif;
    cursor: pointer;
  }
  .aid-progress {
    position: fixed;
    inset: 0 0 auto;
    z-index: 20;
    block-size: 3px;
    background: var(--aid-accent);
    scale: 0 1;
    transform-origin: 0 0;
  }
  [dir='rtl'] .aid-progress {
    transform-origin: 100% 0;
  }
  @media print {
    .aid-copy,
    .aid-anchor,
    .aid-note,
    .aid-progress {
      display: none !important;
    }
  }
}
`;

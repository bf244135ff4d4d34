// A globe's buttons.

import { download, make, makeIn, own } from '../base/elements.js';

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  zoomIn: 'M12 5v14M5 12h14',
  zoomOut: 'M5 12h14',
  home: 'M12 3.5v4m0 9v4m8.5-8.5h-4m-9 0h-4M12 16.5a4.5 4.5 0 1 1 .01 0',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
  full: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
  save: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
};

/**
 * @param {{
 *   element: import('./shadow_dom.js').GlobeElement,
 *   view: import('./view.js').View,
 *   words: import('./words.js').Words,
 *   zoomBy(factor: number): unknown,
 *   goHome(): unknown,
 *   pause(): void,
 * }} globe what the buttons act on
 */
export function addControls(globe) {
  const { element, view, words } = globe;
  const button = (/** @type {keyof typeof SHAPES} */ name, /** @type {() => void} */ act) => {
    const svg = makeIn(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.appendChild(makeIn(SVG, 'path')).setAttribute('d', SHAPES[name]);
    const made = make(
      'button',
      { type: 'button', 'aria-label': words[name], title: words[name] },
      svg,
    );
    made.addEventListener('click', act);
    view.frame.controls.append(made);
    return made;
  };
  /** @param {string} name @param {() => Promise<Blob>} draw */
  const format = (name, draw) => {
    const made = make('button', { type: 'button', 'aria-label': `${words.save}, ${name}` }, name);
    made.addEventListener('click', async () => {
      download(await draw(), `globe.${name.toLowerCase()}`);
      choose(false);
    });
    return made;
  };
  button('zoomIn', () => globe.zoomBy(1.6));
  button('zoomOut', () => globe.zoomBy(1 / 1.6));
  button('home', () => globe.goHome());
  const player = button('play', () =>
    view.movers.has('journey') ? globe.pause() : element.play(),
  );
  // A journey has two ends.
  player.hidden = view.stops.length < 2;
  if (own('fullscreenEnabled'))
    button('full', () =>
      own('fullscreenElement')
        ? Document.prototype.exitFullscreen.call(document)
        : element.requestFullscreen(),
    );
  const saver = button('save', () => choose(!!formats.hidden));
  const formats = make(
    'div',
    { class: 'formats', hidden: '' },
    format('PNG', () => element.toBlob()),
    format('SVG', async () => new Blob([await element.toSVG()], { type: 'image/svg+xml' })),
  );
  view.frame.controls.append(formats);
  saver.setAttribute('aria-expanded', 'false');
  /** Opens or closes the menu of formats. @param {boolean} opens */
  const choose = (opens) => {
    formats.hidden = !opens;
    view.frame.controls.classList.toggle('saving', opens);
    saver.setAttribute('aria-expanded', String(opens));
    (opens ? formats.querySelector('button') : saver)?.focus();
  };
  view.frame.controls.addEventListener(
    'keydown',
    ({ key }) => key === 'Escape' && !formats.hidden && choose(false),
  );
  return {
    /** @param {boolean} playing */
    showPlaying(playing) {
      const name = playing ? 'pause' : 'play';
      player.querySelector('path')?.setAttribute('d', SHAPES[name]);
      player.setAttribute('aria-label', words[name]);
      player.title = words[name];
    },
  };
}

// Plays a journey along its legs: position, speed, and the selected years.

import { make } from '../base/elements.js';
import { adoptSheet } from '../base/adopt_sheet.js';

/**
 * @typedef {import('./interaction.js').Interaction} Interaction
 * @typedef {import('./stops.js').Stop} Stop
 */

// Seconds for a leg, and limits for a whole journey.
const LEG = 0.8;
const [SHORTEST, LONGEST] = [10, 60];
const SPEEDS = [1, 2, 4, 0.5];
// Time constant of the view's movement towards the traveller, in milliseconds: two thirds of the
// way.
const FOLLOWING = 400;
const HIGHEST = 60;
// Years beyond this are mistakes.
const MOST_YEARS = 300;

const STYLE = `
.journey { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; align-items: center; gap: .4rem .75rem; inline-size: min(100%, 36rem); margin-block-end: 1rem; font-size: .85em; font-variant-numeric: tabular-nums }
.journey input { grid-column: 1 / -1; margin: 0; accent-color: var(--meridian-globe-marker, auto) }
.journey output { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.journey button { inline-size: auto; min-inline-size: 2.5rem; block-size: 1.75rem; padding-inline: .5rem; border: 1px solid #8888; border-radius: 4px; font: inherit }
.journey select { font: inherit; color: CanvasText; color: light-dark(#1b1f22, #e9ecec); background: Canvas; background: light-dark(#fff, #23282b); border: 1px solid #8888; border-radius: 4px; padding: .15rem }
@media print { .journey { display: none } }
`;

/** The first and last year of a stop; NaN: unknown. @param {Stop} stop */
const yearsOf = ({ from, to }) => [parseInt(from || to), parseInt(to || from)];

/**
 * `2019`, `2019-`, `-2021`, `2019-2021`, or '' for all, as first and last.
 * @param {string} range
 */
function readYears(range) {
  const [first, last = first] = range.split(/[-–]/);
  return [parseInt(first) || -Infinity, parseInt(last) || Infinity];
}

class Journey {
  progress = 0;
  speed = 1;
  /** The stops at the ends of legs. @type {Stop[]} */
  stops = [];
  last = 0;
  /** The last stop that the traveller has reached. */
  at = -1;

  /** @param {Interaction} globe */
  constructor(globe) {
    this.globe = globe;
    const { words } = globe;
    const { root, pane } = globe.view.frame;
    adoptSheet(root, STYLE);
    this.slider = make('input', {
      type: 'range',
      min: '0',
      step: 'any',
      'aria-label': words.journey,
    });
    this.where = make('output');
    this.pace = make('button', { type: 'button', title: words.speed });
    const years = globe.view.stops.flatMap(yearsOf).filter(Number.isFinite);
    this.first = years.reduce((a, b) => Math.min(a, b), Infinity);
    this.latest = years.reduce((a, b) => Math.max(a, b), -Infinity);
    const count = this.latest - this.first + 1;
    const choose = (/** @type {string} */ label) => {
      const options = Array.from(
        { length: count > 1 && count <= MOST_YEARS ? count : 0 },
        (_, at) => make('option', {}, String(this.first + at)),
      );
      const made = make('select', { 'aria-label': label }, ...options);
      made.addEventListener('change', () =>
        globe.element.setAttribute('year', `${this.from.value}-${this.to.value}`),
      );
      return made;
    };
    this.from = choose(words.fromYear);
    this.to = choose(words.toYear);
    const range = this.from.length ? [make('span', {}, this.from, ' – ', this.to)] : [];
    pane.append(
      make(
        'div',
        { part: 'journey', class: 'journey', role: 'group', 'aria-label': words.journey },
        this.slider,
        this.where,
        this.pace,
        ...range,
      ),
    );
    this.slider.addEventListener('input', () => {
      globe.pause();
      this.go(Number(this.slider.value));
    });
    this.pace.addEventListener('click', () =>
      this.setSpeed(SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length]),
    );
    this.setSpeed(1);
    this.begin();
  }

  /** Updates for other stops. */
  begin() {
    const { view } = this.globe;
    this.stops = view.stops.filter((stop) => Number.isFinite(stop.lon) && view.wanted(stop));
    this.last = Math.max(0, this.stops.length - 1);
    this.slider.max = String(this.last);
    const [from, to] = readYears(this.globe.years);
    this.from.value = String(Math.max(from, this.first));
    this.to.value = String(Math.min(to, this.latest));
    this.at = -1;
    this.progress = 0;
  }

  /** @param {number} speed of what is usual */
  setSpeed(speed) {
    this.speed = speed;
    this.pace.textContent = `${speed === 0.5 ? '½' : speed}×`;
  }

  /** @param {number} progress in legs */
  go(progress) {
    const { view } = this.globe;
    this.progress = progress;
    view.sphere.set('progress', progress);
    this.slider.value = String(progress);
    const at = Math.floor(progress);
    const stop = this.stops[at];
    if (at !== this.at && stop) {
      this.at = at;
      this.where.textContent = [stop.name, stop.when].filter(Boolean).join(', ');
      this.slider.setAttribute('aria-valuetext', this.where.textContent);
      this.globe.select(view.stops.indexOf(stop));
    }
    view.invalidate();
  }

  play() {
    const { globe } = this;
    if (!this.last) return;
    if (this.progress >= this.last) this.progress = 0;
    globe.stop('flight', 'swing', 'rotation');
    globe.controls.showPlaying(true);
    const leg = (Math.max(SHORTEST, Math.min(LONGEST, this.last * LEG)) * 1000) / this.last;
    globe.move('journey', (elapsed) => {
      this.go(Math.min(this.last, this.progress + (elapsed / leg) * this.speed));
      this.follow(elapsed);
      if (this.progress < this.last) return true;
      globe.controls.showPlaying(false);
      return false;
    });
  }

  /** Moves the view towards the traveller. @param {number} elapsed */
  follow(elapsed) {
    const { sphere } = this.globe.view;
    const { lon, lat } = this.stops[Math.floor(this.progress)];
    if (!sphere.travels) return sphere.turn(lon, Math.max(-HIGHEST, Math.min(HIGHEST, lat)));
    const share = 1 - Math.exp(-elapsed / FOLLOWING);
    sphere.nudge(
      (sphere.get('width') / 2 - sphere.seen.traveller[0]) * share,
      (sphere.get('height') / 2 - sphere.seen.traveller[1]) * share,
    );
  }
}

/** @type {WeakMap<Interaction, Journey>} */
const journeys = new WeakMap();

/**
 * Plays the journey along the stops.
 * @param {Interaction} globe
 * @param {{ from?: number, speed?: number }} [options]
 */
export function play(globe, { from, speed } = {}) {
  const journey = journeys.get(globe) ?? new Journey(globe);
  journeys.set(globe, journey);
  if (from !== undefined) journey.go(Math.max(0, Math.min(journey.last, from)));
  if (speed) journey.setSpeed(speed);
  journey.play();
}

/**
 * Shows the stops of some years; undated stops only with all years.
 * @param {Interaction} globe
 * @param {string} years
 */
export function filterYears(globe, years) {
  const { view } = globe;
  const [from, to] = readYears(years);
  view.wanted = (stop) => {
    const [begin, end] = yearsOf(stop);
    return Number.isFinite(begin)
      ? end >= from && begin <= to
      : from === -Infinity && to === Infinity;
  };
  for (const stop of view.stops) if (stop.element) stop.element.hidden = !view.wanted(stop);
  view.apply();
  globe.goHome();
  journeys.get(globe)?.begin();
}

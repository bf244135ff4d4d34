// Where visitors will see what is published, and what they see there before.

import { task } from '../../net/fetch.js';
import { isShell } from '../../net/site_sources.js';
import { configOf } from '../project/dialect.js';
import { below, seen } from './live.js';

/** @typedef {import('./live.js').Place} Place */

// Milliseconds that publishing waits for the public site.
const PATIENCE = 2000;
const URL_LINE = /^url[ \t]*:[ \t]*["']?(https?:\/\/[^"'\s#]+)/m;

/**
 * The address in the settings, with its base.
 * @param {import('../project/project.js').Project} project
 */
function configured(project) {
  const [, url = ''] = URL_LINE.exec(project.text(configOf(project)) ?? '') ?? [];
  const base = project.base;
  return url && `${url.replace(/\/+$/, '')}/${base ? `${base}/` : ''}`;
}

/**
 * @param {import('./host.js').Host} host
 * @param {Pick<import('../playground.js').Playground, 'project' | 'loop'>} playground
 * @param {import('./changes.js').Change[]} changes
 * @returns {Promise<Place | undefined>} undefined: what is published is no text
 */
export async function placeOf(host, { project, loop }, changes) {
  const { upstream } = project;
  const changed = changes.find(({ content }) => typeof content === 'string');
  if (!upstream || typeof changed?.content !== 'string') return undefined;
  const { name } = upstream;
  const base = project.base && `/${project.base}`;
  const page = loop.url.startsWith(`${base}/`) ? loop.url.slice(base.length) : loop.url;
  /** @type {Place} */
  const place = { site: '', raw: false, page, path: changed.path, text: changed.content };
  const look = async () => {
    const site = configured(project) || (await host.siteOf(name).catch(() => ''));
    place.site = site && (site.endsWith('/') ? site : `${site}/`);
    if (!site) return;
    const first = (await seen(place.site)) ?? '';
    place.raw = isShell(new TextEncoder().encode(first));
    // Raw sites answer for most pages as if they were not there.
    if (!place.raw) place.before = page === '/' ? first : await seen(below(place.site, page));
  };
  await Promise.race([look().catch(() => {}), task(PATIENCE)]);
  return place;
}

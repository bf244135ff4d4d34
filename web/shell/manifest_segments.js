// The manifest of a large site in segments, as the command writes it (ManifestSegments in
// core/include/meridian/workspace.h), delivered as `segments.js`: what all pages need, and the
// documents that one page shows. A page that is in no segment needs the whole manifest.

import { shardOf } from '../base/hashes.js';
import { meta } from '../base/site_state.js';
import { fetchPrepared } from '../net/fetch.js';

export { RELEASE as release } from '../base/release.js';

/**
 * @typedef {import('../base/site_state.js').Listing} Listing
 * @typedef {import('../base/site_state.js').Entry} Entry
 * @typedef {{ files: Entry[], pages: Record<string, string[]> }} Segment
 */

/**
 * The listing for a visit's first page. The later ones are made by its `segmentFor`.
 * @param {string} page its path
 * @param {{ root: string, listing: Listing }} site the shell's state
 * @param {() => Promise<Listing | undefined>} whole reads the manifest
 */
export async function listingFor(page, site, whole) {
  const read = async (/** @type {string | number} */ name) => {
    const url = `${location.origin}${site.root}meridian/segments/${name}.json`;
    return JSON.parse(new TextDecoder().decode(await fetchPrepared(url, { cache: 'no-cache' })));
  };
  /** @param {string} path @returns {Promise<Segment>} */
  const segmentOf = (path) => read(shardOf(path, Number(meta('segments'))));

  /**
   * A listing with a segment, or the whole manifest if that does not have the page.
   * @param {Listing} listing
   * @param {string} path
   * @param {Segment} segment
   */
  function withSegment(listing, path, segment) {
    if (!Object.hasOwn(segment.pages, path)) return whole();
    const known = new Set(
      listing.files.map((file) => (typeof file === 'string' ? file : file.path)),
    );
    const { kind, segmentFor, json: _json, ...manifest } = listing;
    manifest.files = [...listing.files, ...segment.files.filter(({ path }) => !known.has(path))];
    manifest.pages = { ...listing.pages, ...segment.pages };
    return { ...manifest, kind, segmentFor, json: JSON.stringify(manifest) };
  }

  /** @param {string} path */
  async function wider(path) {
    const { segmentFor, pages = {} } = site.listing;
    // It may have come meanwhile.
    if (!segmentFor || Object.hasOwn(pages, path)) return undefined;
    const segment = await segmentOf(path).catch(() => undefined);
    return segment ? withSegment(site.listing, path, segment) : whole();
  }

  try {
    const [common, segment] = await Promise.all([read('common'), segmentOf(page)]);
    /** One at a time, since each is made of the one before. @type {Promise<unknown>} */
    let last = Promise.resolve();
    /** @type {NonNullable<Listing['segmentFor']>} */
    const segmentFor = (path, give) => {
      const next = last.then(async () => {
        const listing = await wider(path);
        if (listing) give(listing);
      });
      last = next.catch(() => {});
      return next;
    };
    return await withSegment({ ...common, kind: 'manifest', segmentFor }, page, segment);
  } catch {
    return whole(); // which tells what is wrong
  }
}

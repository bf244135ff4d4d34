// The playground's frames for untrusted pages with sanitiser or policy disabled: the switches are
// here, not in the delivered files.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from './hosts.mjs';

const frame = (name) => readFileSync(join(DIST, `playground/${name}.html`), 'utf8');
const POLICY = /<meta http-equiv="content-security-policy" content="([^"]*)">/;
const scriptOf = (html) => /<script>([^]*)<\/script>/.exec(html)[1];
/**
 * The frame for untrusted pages: with sanitiser and policy; with its policy around the trusted
 * frame's script, which sanitises nothing; with the sanitiser only; with neither.
 */
export const WALLS = {
  'both walls': () => frame('frame'),
  'the policy alone': () => {
    const own = frame('frame-own');
    const hash = createHash('sha256').update(scriptOf(own)).digest('base64');
    return own.replace(
      POLICY,
      frame('frame')
        .match(POLICY)[0]
        .replace(/'sha256-[^']+'/, `'sha256-${hash}'`),
    );
  },
  'the sanitiser alone': () => frame('frame').replace(POLICY, ''),
  'no wall': () => frame('frame-own').replace(POLICY, ''),
};

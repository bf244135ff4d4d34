// For the build: the policies of delivered pages and frames, and the file `_headers` for hosts that
// read one.

import { createHash } from 'node:crypto';
import { DIAGRAMS_POLICY } from './mermaid.mjs';

/** The source expression of an inline script in a policy. */
export const hashOf = (inlined) =>
  `'sha256-${createHash('sha256').update(inlined).digest('base64')}'`;

/**
 * Of a frame of the playground.
 * @param {string[]} scripts its own, and those that come by the port
 * @param {{ pictures?: string, open?: string }} allowed
 */
export const framePolicy = (scripts, { pictures, open }) =>
  (open
    ? `default-src ${open};`
    : `default-src 'none';script-src ${scripts.map(hashOf).join(' ')} 'wasm-unsafe-eval';style-src 'unsafe-inline' blob:;img-src data: blob:${pictures};font-src data: blob:;media-src data: blob:;`) +
  "object-src 'none';base-uri 'none';form-action 'none'";

/**
 * The policy of all delivered pages; inline scripts of the site are reported and do not run.
 * @param {string} inlined
 * @param {{ connect?: string, framed?: string, within?: string[], types?: string }} more what else
 *   may be asked, who may frame the page, the scripts of a frame that stands within it, the
 *   policies of Trusted Types
 */
function strictPolicy(
  inlined,
  { connect = 'https://api.github.com', framed = "'self'", within, types = 'meridian' } = {},
) {
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashOf(inlined)}${(within ?? []).map((script) => ` ${hashOf(script)}`).join('')}`,
    `style-src 'self' 'unsafe-inline'${within ? ' blob:' : ''}`,
    `img-src 'self' https: data:${within ? ' blob:' : ''}`,
    ...(within ? ["font-src 'self' data: blob:", "media-src 'self' data: blob:"] : []),
    `connect-src 'self' ${connect}`,
    "base-uri 'self'",
    `frame-ancestors ${framed}`,
    "require-trusted-types-for 'script'",
    `trusted-types ${types}`,
  ].join('; ');
}

// Those of a page with cards.
const CARD = 'meridian-profile dompurify';

/**
 * @param {string} inlined script of the shell
 * @param {Record<string, string>} framed policies of the playground's frames
 * @param {string[]} within scripts of the one that may stand within the page
 */
export function headers(inlined, framed, within) {
  // A host combines all rules for an address in order, and two policies would both apply: `!`
  // removes the first.
  const instead = (path, more) => `${path}
  ! Content-Security-Policy
  Content-Security-Policy: ${strictPolicy(inlined, more)}
`;
  return `# For hosts that read this file (Netlify, Cloudflare Pages, …). docs/guide/publish.md explains the policy and how to widen it;
# the hash is that of the script inside index.html and 404.html.
/*
  Content-Security-Policy: ${strictPolicy(inlined)}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
# Sources and pictures come from wherever the reader says; the card may stand in any page.
${instead('/playground/*', { connect: 'https:', within })}${instead('/card/*', { connect: 'https:', types: CARD })}${Object.entries(
    framed,
  )
    .map(
      ([name, policy]) => `/playground/${name}.html
  ! Content-Security-Policy
  Content-Security-Policy: ${policy};frame-ancestors 'self'
  Cache-Control: public, max-age=31536000, immutable
`,
    )
    .join(
      '',
    )}${instead('/meridian/embed.html', { connect: 'https:', framed: '*', types: CARD })}/meridian/diagrams.html
  ! Content-Security-Policy
  Content-Security-Policy: ${DIAGRAMS_POLICY};frame-ancestors 'self'
/meridian/*.wasm
  Content-Type: application/wasm
# The card's script, and whose it is, are for pages of other hosts.
/meridian/*
  Access-Control-Allow-Origin: *
/profile.json
  Access-Control-Allow-Origin: *
/profile-sections/*
  Access-Control-Allow-Origin: *
/*.md
  Content-Type: text/markdown; charset=utf-8
/*.yml
  Content-Type: text/yaml; charset=utf-8
`;
}

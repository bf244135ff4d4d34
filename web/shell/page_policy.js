// A page's own Content-Security-Policy in a <meta>. It holds for the shell as well, which runs the
// page's inline scripts as files, compiles modules, puts sheets into the page, and asks the site's
// host: that much is added to it. Everything else stays as forbidden as the page says.

// What the shell does, the directives that decide on it, in their order, and what they must allow.
/** @type {[string[], string[]][]} */
const NEEDS = [
  [['script-src-elem', 'script-src', 'default-src'], ["'self'"]],
  [['script-src', 'default-src'], ["'wasm-unsafe-eval'"]],
  [
    ['style-src-elem', 'style-src', 'default-src'],
    ["'self'", "'unsafe-inline'", 'blob:'],
  ],
  [['connect-src', 'default-src'], ["'self'"]],
  [['object-src', 'default-src'], ["'self'"]],
  [['frame-src', 'child-src', 'default-src'], ["'self'"]],
  [['worker-src', 'child-src', 'script-src', 'default-src'], ["'self'"]],
];
// With one of these, 'unsafe-inline' has no effect.
const EXACT = /^'(nonce-|sha\d+-|strict-dynamic')/i;

/** @param {ParentNode} head of a page that is not yet mounted */
export function admitShell(head) {
  for (const meta of head.querySelectorAll('meta[http-equiv=content-security-policy]'))
    meta.setAttribute('content', admitted(meta.getAttribute('content') ?? ''));
}

/** @param {string} policy */
export function admitted(policy) {
  /** @type {Map<string, string[]>} */
  const directives = new Map();
  for (const text of policy.split(';')) {
    const [name, ...sources] = text.trim().split(/\s+/);
    // Of two with one name the first holds.
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  /** @type {Map<string, string[]>} */
  const more = new Map();
  for (const [names, needed] of NEEDS) {
    const given = directives.get(names.find((name) => directives.has(name)) ?? '');
    if (!given) continue;
    const isScript = names[0] === 'script-src-elem';
    // A page that allows inline scripts allows what the shell makes of them.
    const inline = given.some((source) => /^'unsafe-inline'$/i.test(source));
    const blob = isScript && inline && !given.some((source) => EXACT.test(source)) ? ['blob:'] : [];
    const sources = given.filter((source) => !/^'none'$/i.test(source));
    more.set(names[0], [...new Set([...sources, ...needed, ...blob])]);
  }
  return [...new Map([...directives, ...more])]
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

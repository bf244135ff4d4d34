// Compares requests and answers of the git hosts with the fields that their owners describe.

/** The path of a call about a repository. @param {string} rest of the pattern, behind its name */
export const repositoryPath = (rest) => new RegExp(`^/repos/(?<name>[^/]+/[^/]+)${rest}$`);

/** An answer that is not the call's own. */
export class Refused extends Error {
  constructor(status, message, more = {}, headers = {}) {
    super(message);
    Object.assign(this, { status, more, headers });
  }
}

/**
 * Differences of a body from its fields; a request has no other fields.
 * @param {string} call
 * @param {'request' | 'answer'} side
 * @param {any} body
 * @param {Record<string, any>} fields
 * @returns {string[]}
 */
export function checkBody(call, side, body, fields) {
  const found = [];
  for (const [name, type] of Object.entries(fields)) {
    const value = body?.[name];
    if (Array.isArray(type)) {
      if (!Array.isArray(value)) found.push(`${call}: ${side} has no list ${name}`);
      else for (const one of value) found.push(...checkBody(call, side, one, type[0]));
      continue;
    }
    const plain = type.replace('?', '');
    const missing = value === undefined;
    if (missing ? plain === type : !fits(value, plain))
      found.push(`${call}: ${side} has ${name}: ${JSON.stringify(value)?.slice(0, 80)}`);
  }
  if (side === 'request')
    for (const name of Object.keys(body ?? {}))
      if (!(name in fields)) found.push(`${call}: unknown field ${name}`);
  return found;
}

/** `sha`: a text or null. */
const fits = (value, type) =>
  type === 'sha' ? value === null || typeof value === 'string' : typeof value === type;

// The storage of projects, in IndexedDB: for each project a record, which lists show, and its
// content. Each write is one transaction: it succeeds as a whole, or changes nothing.

import { readContent, readRecord } from './kept_project.js';

/**
 * @typedef {import('./kept_project.js').Kept} Kept
 * @typedef {import('./kept_project.js').Entry} Entry
 */
/** @typedef {import('./project.js').Slot} Slot */
/**
 * The outcome of a write; `title`: the stored title.
 * @typedef {{ state: 'kept' | 'copied', title: string }} Written
 */

const [NAME, STORE] = ['meridian-playground', 'projects'];
// The only project of versions that stored one. Such a version may still run in another tab, so its
// key is read at each start.
const OLD = 'last';
// A longer list would be unusable; old projects are never deleted for new ones.
export const MOST_KEPT = 200;
// Code units and bytes: twice what can be opened at once (open.js), as a project grows.
export const LARGEST_KEPT = 128 << 20;
// Milliseconds to wait for a storage that does not answer, before the page starts without it.
const PATIENCE = 4000;

const random = () => crypto.getRandomValues(new Uint32Array(2)).join('-');
/** Revisions that this page has written: their base is in its memory. */
const SESSION = random();
let count = 0;
const nextRevision = () => `${SESSION}.${++count}`;

/** The reason why a project is not stored: `reason` is one of the states of autosave.js. */
export class Refusal extends Error {
  /** @param {'many' | 'large'} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Kept open: a page that is being closed has no time to open it.
 * @type {Promise<IDBDatabase> | undefined}
 */
let opened;
/** The database itself, once it is open. @type {IDBDatabase | undefined} */
let database;

async function connect() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const found = await done(request);
  found.onversionchange = () => found.close();
  const forget = () => (opened = database = undefined);
  found.onclose = forget;
  found.addEventListener('versionchange', forget);
  return (database = found);
}

/**
 * Runs `act` in a transaction and resolves with its result once all is stored; if `act` throws or
 * the storage fails, nothing is.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(objects: IDBObjectStore) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function transact(mode, act) {
  opened ??= connect().catch((error) => {
    opened = undefined;
    throw error;
  });
  const transaction = (await opened).transaction(STORE, mode);
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () =>
      reject(transaction.error ?? new Error('The browser aborted the transaction.'));
  });
  try {
    const result = await act(transaction.objectStore(STORE));
    await finished;
    return result;
  } catch (error) {
    finished.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    throw error;
  }
}

/** A range of all keys that begin with these parts. @param {string[]} parts */
const below = (...parts) => IDBKeyRange.bound(parts, [...parts, []]);

/**
 * The records of all projects; invalid ones are marked as broken.
 * @param {IDBObjectStore} objects
 * @returns {Promise<Entry[]>}
 */
async function entriesOf(objects) {
  const [keys, values] = await Promise.all([
    done(objects.getAllKeys(below('entry'))),
    done(objects.getAll(below('entry'))),
  ]);
  return values.map((value, at) =>
    readRecord(String(/** @type {string[]} */ (keys[at])[1]), value),
  );
}

/**
 * A title that no other project has.
 * @param {string} title
 * @param {Entry[]} entries
 */
function unique(title, entries) {
  const taken = new Set(entries.map((entry) => entry.title));
  const plain = title || 'Untitled';
  let found = plain;
  for (let number = 2; taken.has(found); number++) found = `${plain} (${number})`;
  return found;
}

/**
 * @param {IDBObjectStore} objects
 * @param {string[]} key
 * @param {(folder: boolean) => unknown} value
 */
function putWithFolder(objects, key, value) {
  try {
    objects.put(value(true), key);
  } catch {
    // Not every browser can store a folder's handle.
    objects.put(value(false), key);
  }
}

/** @param {IDBObjectStore} objects @param {Entry} entry @param {object} content */
function put(objects, entry, content) {
  objects.put(entry, ['entry', entry.id]);
  putWithFolder(objects, ['content', entry.id], (folder) =>
    folder ? content : { ...content, folder: undefined },
  );
}

/**
 * Tells which revisions a page may replace: the one that it read, and all that it wrote.
 * @param {Entry | undefined} entry
 * @param {string} base
 * @param {string} session
 */
const isBase = (entry, base, session) =>
  !entry || entry.revision === base || entry.revision.startsWith(`${session}.`);

/**
 * Stores a project in its place, or, if another page has written there, in a new one.
 * @param {IDBObjectStore} objects
 * @param {Kept} kept
 * @param {Slot} slot
 * @param {{ session: string, revision: string }} by who writes
 * @returns {Promise<Slot & Written>}
 */
async function place(objects, kept, { id, revision: base }, { session, revision }) {
  const entries = await entriesOf(objects);
  const there = entries.find((entry) => entry.id === id);
  const state = isBase(there, base, session) ? 'kept' : 'copied';
  const mine = state === 'kept' ? there : undefined;
  if (!mine && entries.length >= MOST_KEPT) throw new Refusal('many');
  if (state === 'copied') id = random();
  const { content, ...record } = kept;
  // Another page may have renamed it.
  const title = mine?.title ?? unique(kept.title, entries);
  const now = Date.now();
  put(
    objects,
    {
      ...record,
      from: kept.from || mine?.from || '',
      id,
      revision,
      title,
      changed: now,
      used: now,
    },
    content,
  );
  return { id, revision, state, title };
}

/**
 * @param {Kept} kept
 * @param {Slot} slot is that of the copy afterwards, when it had to become one
 * @returns {Promise<Written>}
 */
export async function write(kept, slot) {
  if (kept.size > LARGEST_KEPT) throw new Refusal('large');
  const { id: before } = slot;
  const { id, revision, state, title } = await transact('readwrite', async (objects) => {
    const placed = await place(objects, kept, slot, { session: SESSION, revision: nextRevision() });
    objects.delete(['rescue', before, SESSION]);
    return placed;
  });
  Object.assign(slot, { id, revision });
  return { state, title };
}

/**
 * Stores a project from a page that may end with this call, and can't wait for the old record. The
 * next start puts it in its place.
 * @param {Kept} kept
 * @param {Slot} slot
 */
export function rescue(kept, { id, revision: base }) {
  const transaction = database?.transaction(STORE, 'readwrite');
  if (!transaction || kept.size > LARGEST_KEPT) return;
  const revision = nextRevision();
  const { content } = kept;
  putWithFolder(transaction.objectStore(STORE), ['rescue', id, SESSION], (folder) => ({
    kept: folder ? kept : { ...kept, content: { ...content, folder: undefined } },
    base,
    session: SESSION,
    revision,
  }));
  transaction.commit?.();
}

/** Each in a transaction of its own: a damaged or too large one does not affect the others. */
async function adoptRescued() {
  const keys = await transact('readonly', (objects) => done(objects.getAllKeys(below('rescue'))));
  for (const key of /** @type {[string, string, string][]} */ (keys)) {
    const adopt = async (/** @type {IDBObjectStore} */ objects) => {
      const { kept, base, session, revision } = Object(await done(objects.get(key)));
      const { files, open, folder, upstream, size, damaged } = readContent(kept?.content);
      const [record, entries] = [readRecord(key[1], { ...kept, revision }), Object.entries(files)];
      if (!damaged && !record.broken)
        await place(
          objects,
          { ...record, size, content: { files: entries, open, folder, upstream } },
          { id: key[1], revision: base },
          { session, revision },
        );
      objects.delete(key);
    };
    await transact('readwrite', adopt).catch(() => {});
  }
}

/** @param {IDBObjectStore} objects */
async function adoptOld(objects) {
  const value = await done(objects.get(OLD));
  if (value === undefined) return;
  const { title = '', trusted, from = '', touched = true, changed, ...content } = Object(value);
  const { size, files } = readContent(content);
  const entry = readRecord(random(), {
    title,
    trusted,
    from,
    touched,
    changed,
    used: Date.now(),
    revision: nextRevision(),
    size,
    count: Object.keys(files).length,
  });
  put(objects, { ...entry, title: unique(entry.title, await entriesOf(objects)) }, content);
  objects.delete(OLD);
}

/**
 * Moves records of an earlier version, and of pages that ended, to their places; returns all
 * records, the most recently used first. Throws when storage is forbidden.
 */
export async function begin() {
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error('The storage does not answer.')), PATIENCE),
  );
  const work = async () => {
    await transact('readwrite', adoptOld).catch(() => {});
    await adoptRescued().catch(() => {});
    return list();
  };
  return /** @type {Promise<Entry[]>} */ (Promise.race([work(), late]));
}

/** All records, the most recently used first. */
export const list = async () =>
  (await transact('readonly', entriesOf)).sort((a, b) => b.used - a.used);

/**
 * A project to open; undefined: it does not exist. Throws when it can't be read.
 * @param {string} id
 */
export async function read(id) {
  const found = await transact('readonly', async (objects) => {
    const [record, content] = await Promise.all([
      done(objects.get(['entry', id])),
      done(objects.get(['content', id])),
    ]);
    return record === undefined
      ? undefined
      : { entry: readRecord(id, record), content: readContent(content) };
  });
  if (!found) return undefined;
  const { entry, content } = found;
  if (entry.broken || content.damaged)
    throw new Error(`“${entry.title}” can’t be read: its data in the browser is damaged.`);
  // Without its damaged files it is a separate project: the stored one is left as it is.
  const slot = content.lost ? undefined : { id, revision: entry.revision };
  return { entry, slot, ...content };
}

/** @param {string} id @param {(entry: Entry, entries: Entry[]) => void} change */
const update = (id, change) =>
  transact('readwrite', async (objects) => {
    const entries = await entriesOf(objects);
    const entry = entries.find((one) => one.id === id);
    if (!entry || entry.broken) return '';
    change(
      entry,
      entries.filter((one) => one !== entry),
    );
    objects.put(entry, ['entry', id]);
    return entry.title;
  });

/** Marks a project as used: the next start opens it. @param {string} id */
export const use = (id) => update(id, (entry) => (entry.used = Date.now()));

/**
 * Renames a project; returns its new title, made unique.
 * @param {string} id
 * @param {string} title
 */
export const rename = (id, title) =>
  update(id, (entry, others) => (entry.title = unique(title, others)));

/** @param {string} id */
export const duplicate = (id) =>
  transact('readwrite', async (objects) => {
    const entries = await entriesOf(objects);
    const entry = entries.find((one) => one.id === id);
    if (!entry || entry.broken) return;
    if (entries.length >= MOST_KEPT) throw new Refusal('many');
    put(
      objects,
      { ...entry, id: random(), revision: nextRevision(), title: unique(entry.title, entries) },
      await done(objects.get(['content', id])),
    );
  });

/** Deletes a project; returns a function that restores it. @param {string} id */
export async function remove(id) {
  const gone = await transact('readwrite', async (objects) => {
    const [entry, content] = await Promise.all([
      done(objects.get(['entry', id])),
      done(objects.get(['content', id])).catch(() => undefined),
    ]);
    for (const kind of ['entry', 'content']) objects.delete([kind, id]);
    objects.delete(below('rescue', id));
    return { entry, content };
  });
  return () =>
    transact('readwrite', async (objects) => {
      // A page that still had it open may have stored it again.
      const there = (await done(objects.getKey(['entry', id]))) !== undefined;
      const at = there ? random() : id;
      if (gone.entry !== undefined)
        objects.put(
          there && Object(gone.entry) === gone.entry ? { ...gone.entry, id: at } : gone.entry,
          ['entry', at],
        );
      if (gone.content !== undefined) objects.put(gone.content, ['content', at]);
    });
}

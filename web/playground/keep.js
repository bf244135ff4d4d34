// The last project, kept in this browser: offered again after a crash or a closed tab.

/** @typedef {import('./project.js').Project} Project @typedef {import('./project.js').Content} Content */
/** @typedef {{ title: string, trusted: boolean, from: string, touched: boolean, files: [string, Content][], open: string, changed: number, folder?: import('./folder.js').KeptFolder }} Kept */

const [NAME, STORE, KEY] = ['meridian-playground', 'projects', 'last'];
// Milliseconds after the last change until it is kept.
const PAUSE = 400;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransactionMode} mode */
async function store(mode) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = transaction.onerror = () => database.close();
  return transaction.objectStore(STORE);
}

/** @returns {Promise<Kept | undefined>} undefined: nothing, or storage is forbidden; what isn't said to be trusted is not */
export const recall = async () => {
  const kept = await store('readonly').then((objects) => done(objects.get(KEY))).catch(() => undefined);
  return kept && { ...kept, trusted: kept.trusted === true };
};

/**
 * Keeps the project from now on. Of two tabs the first one does; when it is closed the other goes on.
 * @param {Project} project @param {() => Pick<Kept, 'open' | 'folder'>} beside the file that is shown, and the folder that it is saved in
 * @param {(state: 'kept' | 'elsewhere' | 'forbidden') => void} told
 */
export function keep(project, beside, told) {
  let timer = 0;
  // Without locks (an address that is not secure) each tab is its own.
  let mine = !navigator.locks;
  const write = async () => {
    clearTimeout(timer);
    timer = 0;
    if (!mine) return told('elsewhere');
    const { title, trusted, from, touched } = project;
    /** @type {Kept} */
    const kept = { title, trusted, from, touched, files: [...project.files], ...beside(), changed: Date.now() };
    const put = (/** @type {Kept} */ one) => store('readwrite').then((objects) => done(objects.put(one, KEY)));
    // Not every browser keeps a way into a folder.
    await put(kept)
      .catch(() => put({ ...kept, folder: undefined }))
      .then(() => told('kept'), () => told('forbidden'));
  };
  let changed = false;
  const soon = () => {
    changed = true;
    clearTimeout(timer);
    timer = window.setTimeout(write, PAUSE);
  };
  navigator.locks?.request(NAME, () => {
    mine = true;
    if (changed) write();
    return new Promise(() => {}); // until the tab goes
  });
  for (const type of ['change', 'open', 'trust', 'saved']) project.addEventListener(type, soon);
  // A tab that goes may not come back.
  document.addEventListener('visibilitychange', () => timer && document.hidden && write());
}

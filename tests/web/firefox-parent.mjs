// What WebDriver BiDi, as playwright-core speaks it, leaves out in Firefox: media features, touch
// screens, the accessibility tree, and the messages that Firefox itself writes to the console. They
// come from Firefox's parent process, where scripts may run with --remote-allow-system-access.
/* global Cc, ChromeUtils, Ci, Services */

import { basename } from 'node:path';

/** @typedef {import('playwright-core').Browser} Browser */

/** The object of playwright's server behind one of its client. */
const server = (object) => object._connection.toImpl(object);

/** The protocol's session with a browser. */
const sessionOf = (browser) => server(browser)._browserSession;

/** A browsing context's identifier in the protocol. */
const contextOf = (page) => server(page).delegate._session.sessionId;

/** Options of a context that are media features; `media`, of emulateMedia, is the medium. */
const FEATURES = {
  colorScheme: 'prefersColorSchemeOverride',
  reducedMotion: 'prefersReducedMotionOverride',
  forcedColors: 'forcedColorsOverride',
  media: 'mediumOverride',
};

/** Runs in the parent process: sets fields of the browsing context `id`. */
const setFields = (id, fields) => {
  const { NavigableManager } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  Object.assign(NavigableManager.getBrowsingContextById(id), JSON.parse(fields));
};

/** Runs in the parent process: tells every warning in a page's console that no script wrote. */
const tellWarnings = (tell) => {
  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      const { category, errorMessage: text, flags, lineNumber, sourceName: url } = message;
      // Of style sheets Firefox tells what it does not know, which sheets may contain; that layout
      // came early it also tells of a frame without scripts, and not each time, and that a script
      // follows the scrolling (an editor's) when the machine is slow.
      if (flags & Ci.nsIScriptError.warningFlag && !/^(CSS |Layout$|Async Pan)/.test(category))
        tell(JSON.stringify({ text, url, lineNumber }));
    },
  });
};

/** A function that the parent process calls with a text, told as the session's script.message. */
const CHANNEL = { type: 'channel', value: { channel: 'parent' } };

/** @type {WeakMap<Browser, Promise<(program: Function, ...values: any[]) => Promise<any>>>} */
const parents = new WeakMap();

/**
 * A function that runs a program in the browser's parent process, with texts, numbers, CHANNEL, and
 * gives the text or number that it returns.
 */
const parentOf = (browser) =>
  parents.get(browser) ?? parents.set(browser, openParent(sessionOf(browser))).get(browser);

async function openParent(session) {
  const { contexts } = await session.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const target = { context: contexts[0].context };
  return async (program, ...values) => {
    const result = await session.send('script.callFunction', {
      functionDeclaration: String(program),
      arguments: values.map((value) =>
        typeof value === 'object' ? value : { type: typeof value, value },
      ),
      target,
      awaitPromise: false,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result.value;
  };
}

/**
 * The browser, whose contexts apply colorScheme, reducedMotion, forcedColors, hasTouch and
 * javaScriptEnabled, whose pages have emulateMedia, taps, double clicks, `keyboard.insertText` in
 * one piece, downloads, and Firefox's warnings as console messages.
 * @param {Browser} browser
 * @returns {Promise<Browser>}
 */
export async function completed(browser) {
  const inParent = await parentOf(browser);
  const set = (page, fields) => inParent(setFields, contextOf(page), JSON.stringify(fields));
  sessionOf(browser).on('script.message', ({ channel, data }) => {
    if (channel === CHANNEL.value.channel) hand(browser, JSON.parse(data.value));
  });
  await inParent(tellWarnings, CHANNEL);

  const { newContext } = browser;
  browser.newContext = async (options = {}) => {
    const context = await newContext.call(browser, options);
    const prepare = async (page) => {
      const scripts = options.javaScriptEnabled === false ? { allowJavascript: false } : {};
      const touch = options.hasTouch ? { touchEventsOverride: 'enabled', inRDMPane: true } : {};
      await set(page, { ...fieldsOf(options), ...scripts, ...touch });
      giveDownloads(page);
      page.keyboard.insertText = (text) => page.evaluate(insert, text);
      page.emulateMedia = async (features) => {
        await set(page, fieldsOf(features));
        // The page's process hears of it a moment later.
        await page.evaluate(() => new Promise(requestAnimationFrame));
      };
      giveDoubleClicks(page);
      server(page).delegate.rawTouchscreen.tap = async (_progress, x, y) => {
        const finger = await touchesInFirefox(page);
        await finger.start([x, y]);
        await finger.end();
      };
    };
    // A preference grants the clipboard.
    context.grantPermissions = async () => {};
    const { newPage } = context;
    context.newPage = async () => {
      const page = await newPage.call(context);
      await prepare(page);
      return page;
    };
    return context;
  };
  return browser;
}

/** The fields for media features by playwright's names; null is the system's value. */
const fieldsOf = (features) =>
  Object.fromEntries(
    Object.entries(FEATURES).flatMap(([name, field]) => {
      const value = features[name];
      if (value === undefined) return [];
      // An override can only ask for less motion: it is what Firefox without a desktop has not.
      const none = value === null || value === 'no-preference';
      return [[field, none ? (name === 'media' ? '' : 'none') : value]];
    }),
  );

/** Gives a warning to the console of the pages that have a document of its origin. */
function hand(browser, { text, url, lineNumber }) {
  const origin = (address) => (URL.canParse(address) ? new URL(address).origin : undefined);
  const from = origin(url);
  if (!from || from === 'null') return;
  const location = () => ({ url, lineNumber });
  const message = { type: () => 'warning', text: () => text, location };
  for (const page of browser.contexts().flatMap((context) => context.pages()))
    if (page.frames().some((frame) => origin(frame.url()) === from)) page.emit('console', message);
}

/** Gives a page the downloads that are no navigation, which playwright leaves out. */
const giveDownloads = (page) =>
  server(page).delegate._session.on(
    'browsingContext.downloadEnd',
    ({ navigation, status, filepath, url }) => {
      if (navigation || status !== 'complete') return;
      const suggestedFilename = () => basename(filepath);
      page.emit('download', { url: () => url, suggestedFilename, path: async () => filepath });
    },
  );

/** Clicks that follow each other are a double click when they are in one list of actions. */
function giveDoubleClicks(page) {
  const { delegate, mouse } = server(page);
  const { click } = mouse;
  mouse.click = async (progress, x, y, options) => {
    if (options?.clickCount !== 2) return click.call(mouse, progress, x, y, options);
    const [down, up] = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }));
    await delegate.rawMouse._performActions(progress, [
      { type: 'pointerMove', x: Math.floor(x), y: Math.floor(y) },
      ...[down, up, down, up],
    ]);
  };
}

/** Runs in a page: inserts text at once, as a paste or an input method does. */
const insert = (text) => void document.execCommand('insertText', false, text);

/**
 * Runs in the parent process: a finger touches the widget, as the system tells it, at a place of
 * the browsing context `id`.
 */
const touchWidget = (id, finger, state, x, y) => {
  const { NavigableManager } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  const element = NavigableManager.getBrowsingContextById(id).embedderElement;
  const { devicePixelRatio, mozInnerScreenX, mozInnerScreenY, windowUtils } =
    element.ownerDocument.defaultView;
  const { left, top } = element.getBoundingClientRect();
  const [atX, atY] = [mozInnerScreenX + left + x, mozInnerScreenY + top + y];
  const [PRESSURE, ORIENTATION] = [1, 90];
  windowUtils.sendNativeTouchPoint(
    finger,
    state,
    atX * devicePixelRatio,
    atY * devicePixelRatio,
    PRESSURE,
    ORIENTATION,
  );
};
const [CONTACT, REMOVE] = [2, 4];

/**
 * Fingers on a page. `start`, `move` give the positions [x, y] of all of them, in pixels.
 * @param {import('playwright-core').Page} page
 */
export async function touchesInFirefox(page) {
  const inParent = await parentOf(page.context().browser());
  /** @type {number[][]} */
  let down = [];
  const send = async (state, points) => {
    for (const [finger, [x, y]] of points.entries())
      await inParent(touchWidget, contextOf(page), finger, state, x, y);
  };
  const press = (...points) => send(CONTACT, (down = points));
  return { start: press, move: press, end: () => send(REMOVE, down.splice(0)) };
}

/** Runs in the parent process: the accessibility tree of the browsing context `id`, as JSON. */
const readAccessible = (id) => {
  const { NavigableManager } = ChromeUtils.importESModule(
    'chrome://remote/content/shared/NavigableManager.sys.mjs',
  );
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const found = [];
  const visit = (accessible) => {
    const { computedARIARole: role, name, attributes } = accessible;
    const level = role === 'heading' ? Number(attributes.getStringProperty('level')) : undefined;
    if (role) found.push({ role, name: name ?? '', level });
    for (let child = accessible.firstChild; child; child = child.nextSibling) visit(child);
  };
  // Nothing yet when the service has just begun.
  const frame = service.getAccessibleFor(
    NavigableManager.getBrowsingContextById(id).embedderElement,
  );
  if (frame) visit(frame);
  return JSON.stringify(found);
};

/**
 * What Firefox's accessibility tree has of a page, in its order; see engines.mjs.
 * @param {import('playwright-core').Page} page
 */
export async function accessibleInFirefox(page) {
  const inParent = await parentOf(page.context().browser());
  return JSON.parse(await inParent(readAccessible, contextOf(page)));
}

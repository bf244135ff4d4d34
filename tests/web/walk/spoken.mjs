// What screen readers are told of a page: each engine's own accessibility tree, beside the outline
// as it is written here.

import assert from 'node:assert/strict';
import { demo } from '../demo.mjs';
import { OPEN, PERSON, written } from '../profiles.mjs';
import { DIST, host } from '../hosts.mjs';
import { heading, visit } from './visit.mjs';

const PATIENCE = 20_000; // milliseconds until the engine has told its tree all changes

/** Roles by which one moves through a page; the others are read as one goes along. */
const LANDMARKS = /^(banner|navigation|main|complementary|contentinfo|search|region|heading)$/;
const CONTROLS = /^(application|button|region|tab|tablist|combobox|menuitem|textbox)$/;

/**
 * Waits until the tree's first nodes with these roles are as expected: a role, a heading's level, a
 * name; with "?" at the end, such a node may be there.
 * @param {any} state with `page`, and `env` of the walk
 * @param {RegExp} roles
 * @param {string[]} expected
 * @param {{ whole?: boolean }} [options] `whole`: there are no more
 */
async function isSpoken({ page, env }, roles, expected, { whole = true } = {}) {
  const linesOf = (nodes) =>
    nodes
      // A section without a name is no landmark; WebKit has the role all the same.
      .filter(({ role, name }) => roles.test(role) && (role !== 'region' || name))
      // A select is a combobox in ARIA, and a button in WebKit.
      .map(({ role, ...more }) => ({ role: role === 'combobox' ? 'button' : role, ...more }))
      .map(({ role, level, name }) => [role, level, name.trim()].filter(Boolean).join(' '));
  // The lines behind the expected ones are not compared.
  const enough = (nodes) => !whole && linesOf(nodes).length >= expected.length;
  let [lines, wanted] = [[], []];
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    lines = linesOf(await env.engine.accessible(page, enough));
    wanted = [];
    for (const line of expected) {
      const may = line.endsWith('?');
      if (!may || `${lines[wanted.length]}?` === line) wanted.push(may ? line.slice(0, -1) : line);
    }
    if (!whole) lines.length = Math.min(lines.length, wanted.length);
    if (JSON.stringify(lines) === JSON.stringify(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.deepEqual(lines, wanted);
}

export const leg = {
  name: 'spoken',
  async open(env) {
    const server = await host(env.t, demo(env.t).folder);
    const person = await host(env.t, written(env.t, PERSON), { headers: OPEN });
    const shell = await host(env.t, DIST, { headers: OPEN });
    const lab = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title><link rel="icon" href="data:,"><body><main><h1>Lab</h1><meridian-profile src="${person.url}" loading="eager" show="publications:1"><a href="${person.url}">Ada</a></meridian-profile></main><script type="module" src="${shell.url}meridian/profile.js"></script>`;
    const labs = await host(env.t, DIST, {
      answer: (_, response, path) =>
        path === '/lab/' &&
        (response.writeHead(200, { 'content-type': 'text/html' }).end(lab), true),
    });
    return { ...(await visit(env)), env, url: server.url, lab: `${labs.url}lab/`, shell };
  },
  steps: {
    'a post': async (state) => {
      await state.page.goto(`${state.url}climate/a-line-through-equal-warmth/`);
      await heading(state.page, /A line through/);
      await isSpoken(state, LANDMARKS, [
        'banner',
        'navigation Site',
        'main',
        'heading 1 A line through equal warmth',
        'heading 2 The table says nothing',
        'heading 2 Three rules keep the hand honest',
        'heading 2 In a few lines',
        'navigation Pages',
        // An aside without a name in an article is no landmark, but for older engines.
        'complementary?',
        'heading 2 You may also enjoy',
        'complementary',
        'contentinfo',
      ]);
    },
    'a list that a link leads to': async (state) => {
      await state.page.click('#menu a[href$="/publications/"]');
      await heading(state.page, /^Publications$/);
      const expected = ['banner', 'navigation Site', 'main', 'heading 1 Publications'];
      await isSpoken(state, LANDMARKS, expected, { whole: false });
    },
    'no such page': async (state) => {
      await state.page.goto(`${state.url}no/such/page/`);
      await heading(state.page, /Terra incognita/);
      await isSpoken(state, LANDMARKS, [
        'banner',
        'navigation Site',
        'main',
        'heading 1 Terra incognita',
        'contentinfo',
      ]);
    },
    'the globe': async (state) => {
      await state.page.goto(`${state.url}travel/`);
      await state.page.waitForSelector('meridian-globe[ready]');
      const expected = [
        'button Search',
        'button Light or dark',
        'application Globe. Arrow keys turn it, plus and minus zoom, N and P go from stop to stop.',
        'button Zoom in',
        'button Zoom out',
        'button Back to the first view',
        'button Follow the journey',
        'button Full screen',
        'button Save the picture',
        'region Stops',
        'button Göttingen',
      ];
      await isSpoken(state, CONTROLS, expected, { whole: false });
    },
    'the card': async (state) => {
      await state.page.goto(state.lab);
      await state.page.locator('.p-name').first().waitFor();
      await isSpoken(state, /^(region|heading|link)$/, [
        'heading 1 Lab',
        'link Ada Lovelace',
        'link Email',
        'link GitHub',
        'link Notes',
        'heading 2 Publications',
        'link Notes by the Translator',
      ]);
    },
    'the playground': async ({ env, shell }) => {
      const { page } = await visit(env);
      await page.goto(`${shell.url}playground/`);
      await page.frameLocator('iframe').getByRole('heading', { name: 'A note' }).waitFor();
      await isSpoken({ page, env }, CONTROLS, [
        'button Projects',
        'button kramdown',
        'button GitHub’s',
        'button Open',
        'button Download',
        'button Commands and files',
        'button Side by side, or one above the other',
        'button Light or dark',
        'button Keys',
        'button Share',
        'button Publish',
        'button New file',
        'button Upload',
        'button Rename',
        'button Delete',
        'button _config.yml',
        'button index.md',
        'region Source',
        'tablist Open files',
        'tab index.md',
        'button Undo',
        'button Redo',
        'button Heading, one level deeper',
        'button Bold',
        'button Italic',
        'button Code',
        'button Link',
        'button List',
        'button Numbered list',
        'button Task list',
        'button Quote',
        'button Picture',
        'button Table',
        'button Insert …',
        'button Fold the toolbar',
        'textbox index.md',
        'button History',
        'region Result',
        'button Write on the page',
        'button New page',
        'button Phone',
        'button Tablet',
        'button Fit',
        'region Problems',
        'region How this page was made',
        'tablist Parts of the page',
        'tab Overview',
        'tab page',
        'tab site',
        'tab Tree',
        'tab HTML',
      ]);
    },
  },
};

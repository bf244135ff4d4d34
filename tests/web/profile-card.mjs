// Profile cards in a browser, for the tests.

import { launchLater } from './browser.mjs';
import { demoMissing } from './demo.mjs';
import { watch } from './profiles.mjs';
import { noBrowser } from './hosts.mjs';

export const skip = demoMissing() ?? noBrowser();
export const browser = launchLater();

export const CARD =
  '<meridian-profile src="{site}" show="news publications:1"><a href="{site}">Ada</a></meridian-profile>';
export const init = ({ context }) => context.addInitScript(watch);
/** The contents of a card. */
export const seen = (page) =>
  page
    .locator('meridian-profile')
    .first()
    .evaluate(({ shadowRoot: root }) => ({
      name: root.querySelector('.p-name')?.textContent,
      line: root.querySelector('.line')?.textContent,
      bio: root.querySelector('.bio')?.textContent,
      links: [...root.querySelectorAll('.links a')].map(({ href, rel, ariaLabel, textContent }) => [
        ariaLabel ?? textContent,
        href,
        rel,
      ]),
      headings: [...root.querySelectorAll('.title')].map(({ textContent }) => textContent),
      list: [...root.querySelectorAll('.list li')].map(({ textContent }) => textContent),
      html: root.querySelector('.html')?.innerHTML,
    }));

// Panels with messages for authors and readers: file, line and remedy. All content is text; nothing
// becomes HTML.

import { document } from '../base/unclobbered.js';

/** @typedef {import('../engine/abi.js').Diagnostic} Diagnostic */

const LABEL = { error: 'Error', warning: 'Warning', info: 'Note' };

/** @param {string} tag @param {string} className @param {(Node | string | undefined)[]} children */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Text with code in back quotes. @param {string} text */
const prose = (text) =>
  text.split('`').map((part, index) => (index % 2 ? element('code', '', part) : part));

/** @param {Diagnostic} diagnostic */
export const where = ({ file, line, column }) => [file, line, column].filter(Boolean).join(':');

/**
 * A panel with the theme's markup: position, message, excerpt, remedy.
 * @param {Diagnostic} diagnostic
 * @param {() => void} [retry] what the button does
 */
export function panel(diagnostic, retry) {
  const { severity, message, remedy, excerpt } = diagnostic;
  const at = where(diagnostic);
  const help = prose(remedy ?? '');
  if (retry) {
    const button = element('button', 'btn btn--inverse btn--small', 'Try again');
    button.setAttribute('type', 'button');
    button.onclick = retry;
    help.push(' ', button);
  }
  const pre = excerpt ? element('pre', '', element('code', '', excerpt)) : undefined;
  pre?.setAttribute('tabindex', '0');
  const section = element(
    'section',
    `diagnostic diagnostic--${severity}`,
    element(
      'div',
      'diagnostic__head',
      element('p', 'diagnostic__kind', retry ? 'Not loaded' : LABEL[severity]),
      at ? element('p', 'diagnostic__where', at) : undefined,
    ),
    element('p', 'diagnostic__what', ...prose(message)),
    pre,
    remedy || retry ? element('p', 'diagnostic__help', ...help) : undefined,
  );
  // Two panels about one file need different names as regions.
  section.setAttribute('aria-label', `${`${LABEL[severity]} ${at}`.trim()}: ${message}`);
  return section;
}

// What the author and the reader are told: panels that name file, line and remedy. Everything is text; nothing here
// becomes HTML.

/** @typedef {import('./abi.js').Diagnostic} Diagnostic */

const LABEL = { error: 'Error', warning: 'Warning', info: 'Note' };

const STYLE = `
.mer-notes{position:fixed;inset:auto 1rem 1rem auto;z-index:2147483646;max-inline-size:min(44rem,calc(100vw - 2rem));max-block-size:70vh;overflow:auto;padding:.5rem 1rem;border:1px solid;border-radius:.4rem;background:Canvas;color:CanvasText;font:.875rem/1.5 system-ui,sans-serif}
.mer-notes summary{cursor:pointer}
.mer-notes pre{overflow:auto;padding:.5rem;background:rgb(128 128 128/.15)}
.mer-notes section+section{border-block-start:1px solid rgb(128 128 128/.4)}
@media print{.mer-notes{display:none}}`;

/** @param {string} tag @param {string} className @param {(Node | string | undefined)[]} children */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Text with code in back quotes. @param {string} text */
const prose = (text) => text.split('`').map((part, index) => (index % 2 ? element('code', '', part) : part));

/** @param {Diagnostic} diagnostic */
const where = ({ file, line, column }) => [file, line, column].filter(Boolean).join(':');

/**
 * A panel in the theme's form: where, what, excerpt, remedy.
 * @param {Diagnostic} diagnostic @param {() => void} [retry] what the button does
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
  section.setAttribute('aria-label', `${LABEL[severity]} ${at}`.trim());
  return section;
}

/** @type {HTMLElement | undefined} */
let notes;

/** In development: what was found, over the page and in the console. @param {Diagnostic[]} diagnostics */
export function overlay(diagnostics) {
  notes?.remove();
  notes = undefined;
  const loud = diagnostics.filter(({ severity }) => severity !== 'info');
  for (const diagnostic of loud) {
    const line = `${where(diagnostic)}: ${diagnostic.message} ${diagnostic.remedy ?? ''}`;
    if (diagnostic.severity === 'error') console.error(line);
    else console.warn(line);
  }
  if (!loud.length) return;
  const summary = element('summary', '', loud.length === 1 ? '1 message' : `${loud.length} messages`, ' about this page');
  notes = element('details', 'mer-notes', summary, ...loud.map((each) => panel(each)));
  // Beside <body>, out of reach of the pages that come and go in it.
  document.documentElement.append(notes);
  style();
}

let styled = false;

function style() {
  if (styled || !('adoptedStyleSheets' in document)) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

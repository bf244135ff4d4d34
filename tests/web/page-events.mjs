// The pages of page-events.test.mjs, by what they show. `anyOrder`: their order depends on the
// network on a plain page as well. `least`: how much is noted, where some comes behind the load
// event.

const END = `<script>addEventListener('load', () => log('load'))</script>`;
const NOW = `<script>document.addEventListener('DOMContentLoaded', () => fetch('/now'))</script>`;
const DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';

/**
 * Files that the pages load; the host sends what has `late` in its name when a page asks for `now`.
 */
export const FILES = {
  'a.css': 'h1 { color: rgb(1, 2, 3) }',
  'b.css': 'h1 { background: rgb(4, 5, 6) }',
  'dot.svg': DOT,
  'late.svg': DOT,
  now: '',
  'a.js': "log('a.js', document.readyState, document.currentScript?.getAttribute('src'))",
  'b.js': "log('b.js', document.readyState)",
  'late.js': "log('late.js', document.readyState)",
  'lib/c.js': "log('lib/c.js')",
  'lib/dot.svg': DOT,
  'write.js': `document.write('<p id="w">by a file</p><script src="/a.js"><\\/script>'); log('wrote', !!document.querySelector('#w'))`,
  'm.js': "import { n } from './n.js'; log('m.js', n, document.readyState, document.currentScript)",
  'n.js': 'export const n = 7;',
  'frame.html': '<!doctype html><meta charset="utf-8"><title>F</title><p id="in">frame</p>',
};

const SEEN = `const seen = (event) => log(event.type, event.target.id, event.target.rel ?? '');`;
const COLOR = `addEventListener('load', () => setTimeout(() => log('color', getComputedStyle(document.querySelector('h1')).color), 300))`;

/**
 * @typedef {{ head?: string, body?: string, html?: string, hash?: string, anyOrder?: boolean,
 *   least?: number, noted?: string[] }} Row
 */

/** @type {Record<string, Row>} */
export const ROWS = {
  'a preload that a listener makes a sheet': {
    head: `<link rel="preload" as="style" id="p" href="/a.css">
<script>p.addEventListener('load', () => { log('came', p.rel); p.rel = 'stylesheet'; }, { once: true }); ${COLOR}</script>`,
    noted: ['came preload', 'color rgb(1, 2, 3)'],
  },
  'three preloads that one listener each makes sheets': {
    head: `<link rel="preload" as="style" class="p" href="/a.css"><link rel="preload" as="style" class="p" href="/b.css"><link rel="preload" as="style" class="p" href="/a.css?2">
<script>for (const p of document.querySelectorAll('.p')) p.addEventListener('load', () => { log('came', p.getAttribute('href'), p.rel); p.rel = 'stylesheet'; }, { once: true }); ${COLOR}</script>`,
    anyOrder: true,
  },
  'a preload with a handler in its attribute': {
    head: `<link rel="preload" as="style" href="/a.css" onload="this.onload=null;log('came');this.rel='stylesheet'"><script>${COLOR}</script>`,
    noted: ['came', 'color rgb(1, 2, 3)'],
  },
  'a sheet for print with a handler in its attribute': {
    head: `<link rel="stylesheet" media="print" href="/a.css" onload="log('came', this.media);this.onload=null;this.media='all'"><script>${COLOR}</script>`,
    noted: ['came print', 'color rgb(1, 2, 3)'],
  },
  'a sheet that is swapped by an attribute calls a function of a script before it': {
    head: `<script>function swap(link) { log('swap', link.rel); link.rel = 'stylesheet'; link.onload = null } ${COLOR}</script>
<link rel="preload" as="style" href="/a.css" onload="swap(this)">`,
    noted: ['swap preload', 'color rgb(1, 2, 3)'],
  },
  'load and error of sheets reach their attributes, once': {
    head: `<script>${SEEN}</script><link rel="stylesheet" id="there" href="/a.css" onload="seen(event)" onerror="seen(event)">
<link rel="stylesheet" id="gone" href="/gone.css" onload="seen(event)" onerror="seen(event)">${END}`,
    anyOrder: true,
  },
  'load and error of scripts reach their attributes': {
    body: `<script>${SEEN}</script><script id="there" src="/a.js" onload="seen(event)" onerror="seen(event)"></script>
<script id="gone" src="/gone.js" onload="seen(event)" onerror="seen(event)"></script><script>log('below')</script>${END}`,
  },
  'load and error of scripts reach listeners of a script above': {
    body: `<script>${SEEN}
for (const type of ['load', 'error']) document.addEventListener(type, (event) => event.target.id && seen(event), true);</script>
<script id="there" src="/a.js"></script><script id="gone" src="/gone.js"></script><script id="last" defer src="/b.js"></script>${END}`,
  },
  'events in the capturing phase of the document': {
    head: `<script>${SEEN}
for (const type of ['load', 'error']) document.addEventListener(type, (event) => event.target.id && seen(event), true);</script>
<link rel="stylesheet" id="sheet" href="/a.css"><link rel="stylesheet" id="lost" href="/gone.css">`,
    body: `<img id="there" src="/dot.svg" alt=""><img id="gone" src="/gone.svg" alt=""><iframe id="frame" src="/frame.html" title="f"></iframe>
<style id="style">p { color: red }</style>${END}`,
    anyOrder: true,
  },
  'errors of files reach the window in the capturing phase': {
    head: `<script>addEventListener('error', (event) => log('error', event.target.id), true);</script>
<link rel="stylesheet" id="lost" href="/gone.css">`,
    body: `<img id="gone" src="/gone.svg" alt=""><script id="script" src="/gone.js"></script>${END}`,
    anyOrder: true,
  },
  'load and error of pictures reach listeners of a script below': {
    body: `<img id="there" src="/dot.svg" alt=""><img id="gone" src="/gone.svg" alt="">
<picture><source srcset="/dot.svg?2"><img id="source" src="/gone.svg" alt=""></picture><script>${SEEN}
for (const img of document.images) { img.addEventListener('load', seen); img.addEventListener('error', seen); }</script>${END}`,
    anyOrder: true,
  },
  'pictures with handlers that a script below defines': {
    body: `${NOW}<img id="there" src="/late.svg" alt="" onload="seen(event)"><script>${SEEN}</script>${END}`,
  },
  'the load event waits for pictures and frames': {
    body: `${NOW}<img id="late" src="/late.svg" alt=""><iframe id="frame" src="/frame.html" title="f"></iframe><script>${SEEN}
late.onload = seen; frame.onload = (event) => { seen(event); log(frame.contentDocument.querySelector('#in').textContent); };
addEventListener('load', () => log('load', late.complete, late.naturalWidth));</script>`,
    anyOrder: true,
  },
  'the load event waits for scripts that scripts add': {
    body: `${NOW}<script>const s = document.createElement('script'); s.src = '/late.js'; s.onload = () => log('came'); document.head.append(s);</script>${END}`,
  },
  'a frame with srcdoc': {
    body: `<script>${SEEN}</script><iframe id="frame" title="f" srcdoc="&lt;p>in&lt;/p>" onload="seen(event)"></iframe>${END}`,
  },
  'stages of the load': {
    head: `<script>log(document.readyState);
document.addEventListener('readystatechange', () => log('change', document.readyState));
document.onreadystatechange = () => log('property', document.readyState);
document.addEventListener('DOMContentLoaded', (event) => log('ready', document.readyState, event.bubbles, event.target === document));
window.addEventListener('DOMContentLoaded', () => log('ready at window'));
window.addEventListener('load', (event) => log('load', document.readyState, event.bubbles, event.target === document));
window.onload = () => log('window.onload');
window.addEventListener('pageshow', (event) => log('pageshow', document.readyState, event.persisted));
</script>`,
    body: `<script defer src="/a.js"></script><script>log('inline', document.readyState)</script>`,
    least: 12,
  },
  'the handlers onload and onpageshow of the body': {
    html: `<!doctype html><html lang="en"><head><title>Row</title></head><body onload="log('onload', typeof below)" onpageshow="log('onpageshow')"><h1>Row</h1><script>var below = 1; log('inline')</script></body></html>`,
    least: 3,
  },
  'order of inline, deferred, asynchronous and module scripts': {
    head: `<script type="module">log('module 1', document.readyState)</script><script defer src="/a.js"></script>
<script>log('inline 1')</script><script defer>log('inline defer')</script>`,
    body: `<script src="/b.js?1"></script><script type="module" src="/m.js"></script><script>log('inline 2')</script>
<script defer src="/b.js"></script><script type="module">log('module 2')</script>
<script>document.addEventListener('DOMContentLoaded', () => log('ready'))</script>${END}`,
  },
  'an asynchronous script before the load event': {
    head: `<script async src="/late.js"></script>`,
    body: `${NOW}<script>log('inline')</script><script>document.addEventListener('DOMContentLoaded', () => log('ready'))</script>${END}`,
  },
  'an asynchronous module holds nothing up': {
    head: `<script async type="module" src="/late.js"></script>`,
    body: `${NOW}<script type="module">log('module')</script><script>document.addEventListener('DOMContentLoaded', () => log('ready'))</script>${END}`,
    noted: ['module', 'ready', 'late.js interactive', 'load'],
  },
  'nomodule and types that are no script': {
    body: `<script nomodule>log('old')</script><script nomodule src="/a.js"></script><script type="text/template">log('template')</script>
<script type="application/json">{}</script><script type="text/babel">log('babel')</script><script type="module" nomodule>log('module nomodule')</script>${END}`,
  },
  'types of old pages': {
    body: `<script type="TEXT/JavaScript">log('case')</script><script type=" text/javascript ">log('blanks')</script>
<script type="text/x-javascript">log('x')</script><script type="application/x-javascript">log('application x')</script>
<script type="text/jscript">log('jscript')</script><script type="text/javascript1.5">log('1.5')</script><script type="text/livescript">log('live')</script>
<script language="JavaScript">log('language')</script><script language="vbscript">log('vb')</script><script language="javascript1.2">log('1.2')</script>
<script type="" language="vbscript">log('empty')</script><script type="text/javascript;charset=utf-8">log('parameter')</script><script type=" ">log('blank')</script>
<script for="window" event="onload">log('for window')</script><script for="x" event="y">log('for x')</script>${END}`,
  },
  'document.currentScript': {
    body: `<script id="one" data-x="7">log(document.currentScript.id, document.currentScript.dataset.x, document.currentScript.src, document.currentScript.textContent.length, document.currentScript.parentNode.nodeName, document.currentScript.previousElementSibling.nodeName);
const own = document.currentScript; document.addEventListener('DOMContentLoaded', () => log('kept', own.isConnected, own === document.querySelector('#one'), document.currentScript));</script>
<script id="two" src="/a.js" data-y="8" defer></script><script src="/lib/c.js"></script>
<script>const mark = document.createElement('i'); mark.id = 'mark'; document.currentScript.after(mark); document.currentScript.insertAdjacentHTML('beforebegin', '<b id="before"></b>');</script>
<script>log(mark.previousElementSibling.nodeName, document.querySelector('#before').nextElementSibling.nodeName); document.currentScript.remove(); log(document.scripts.length > 0)</script>
<script>setTimeout(() => log('later', document.currentScript)); Promise.resolve().then(() => log('then', document.currentScript))</script>${END}`,
    anyOrder: true,
  },
  'a script that removes itself or moves': {
    body: `<div id="box"></div><script id="gone">document.currentScript.remove()</script><script id="moved">box.append(document.currentScript)</script>
<script>log(document.querySelector('#gone'), document.querySelector('#moved').parentNode.id)</script>${END}`,
  },
  'document.write of an inline script': {
    body: `<script>document.write('<p id="w">one</p>'); log(document.querySelector('#w').textContent); document.write('<script>log("written")<\\/script>')</script>
<script>log(document.querySelector('#w').nextElementSibling.nodeName, document.querySelector('#w').previousElementSibling.nodeName)</script>${END}`,
  },
  'document.write in parts': {
    body: `<script>document.write('<div id="w">'); document.write('<b>in'); document.write('</b> text</div>', '<i id="i"></i>');</script>
<script>log(document.querySelector('#w').outerHTML, document.querySelector('#i').parentNode.nodeName)</script>
<script>document.write('<scr'); document.write('ipt>log("part")</scr' + 'ipt>'); document.write('<p title="a'); document.write('b" id="attr">')</script><script>log(document.querySelector('#attr')?.title)</script>${END}`,
  },
  'document.writeln': {
    body: `<script>document.writeln('<p id="w">one</p>'); document.writeln('<pre id="p">'); document.writeln('a', 'b'); document.writeln('</pre>')</script><script>log(document.querySelector('#w').textContent, JSON.stringify(document.querySelector('#p').textContent))</script>${END}`,
  },
  'document.write of a file': {
    body: `<script src="/write.js"></script><script>log('below')</script>${END}`,
  },
  'document.write in the head': {
    head: `<script>document.write('<meta name="w" content="1"><link rel="stylesheet" href="/a.css">')</script><script>log(document.querySelector('meta[name=w]').parentNode.nodeName)</script><script>${COLOR}</script>`,
  },
  'a written script writes': {
    body: `<script>document.write('<script>document.write("<p id=w>deep</p>")<\\/script><p id="after">x</p>')</script><script>log(document.querySelector('#w').textContent, document.querySelector('#w').nextElementSibling.id)</script>${END}`,
  },
  'the base of relative addresses': {
    head: `<base href="/lib/"><script src="c.js"></script>`,
    body: `<img id="dot" src="dot.svg" alt="" onload="log('dot', new URL(this.src).pathname)"><a id="a" href="x/y">x</a><script>log(new URL(document.baseURI).pathname, new URL(document.querySelector('#a').href).pathname)</script>${END}`,
    anyOrder: true,
  },
  'the target of the address': {
    hash: '#there',
    head: '<style>#there:target { color: rgb(9, 8, 7) }</style>',
    body: `<div style="height: 3000px"></div><p id="there">there</p><script>addEventListener('load', () => setTimeout(() => log(document.querySelector(':target')?.id, getComputedStyle(there).color, scrollY > 500), 300))</script>`,
  },
  autofocus: {
    body: `<input id="one" onfocus="log('focus')"><input id="two" autofocus onfocus="log('focus two')"><input id="three" autofocus><script>addEventListener('load', () => setTimeout(() => log(document.activeElement.id), 300))</script>`,
  },
  '<noscript> is a text': {
    head: '<noscript><link rel="stylesheet" href="/a.css"><style>h1 { color: red }</style></noscript>',
    body: `<noscript id="n"><img src="/dot.svg" onload="log('wrong')"><p>no &amp; script</p></noscript><script>const n = document.querySelector('#n'); log(n.children.length, JSON.stringify(n.textContent), n.offsetHeight); log(JSON.stringify(n.innerHTML)); ${COLOR}</script>${END}`,
  },
  'an error of a script does not stop the next one': {
    body: `<script>window.onerror = (message, file, line) => { log('error', /nothing/.test(message)); return true }</script><script>nothing()</script><script>log('next')</script>${END}`,
  },
  'events that scripts dispatch come at once': {
    body: `<script>addEventListener('mine', () => log('mine', document.currentScript?.id)); log('before')</script><script id="by">dispatchEvent(new Event('mine')); log('after')</script>${END}`,
  },
  'microtasks and timers between scripts': {
    body: `<script>Promise.resolve().then(() => log('microtask')); log('first')</script><script>log('second')</script>${END}`,
  },
  'a refresh to another page': {
    head: '<meta http-equiv="refresh" content="0;url=/microtasks-and-timers-between-scripts/">',
    body: `<script>log('here')</script>`,
    noted: ['first', 'microtask', 'second', 'load'],
  },
  'custom elements that scripts above define': {
    head: `<script>customElements.define('x-row', class extends HTMLElement { connectedCallback() { log('connected', this.id) } disconnectedCallback() { log('left') } })</script>`,
    body: `<x-row id="a"></x-row><x-row id="b"></x-row><script>log('below')</script>${END}`,
  },
  'media that are missing': {
    body: `<video id="v" src="/gone.mp4" onerror="log('video')"></video><audio id="a"><source src="/gone.mp3" onerror="log('source')"></audio><object data="/gone.bin" type="image/png" onerror="log('object')"></object>${END}`,
    anyOrder: true,
  },
};

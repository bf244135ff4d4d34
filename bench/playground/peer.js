// A minimal live editor: at each keystroke a library converts the whole text of CodeMirror into a
// <div>.
import { minimalSetup } from 'codemirror-minimal';
import { EditorView, lineNumbers } from '@codemirror/view';
import { render } from 'peer';

const out = document.querySelector('main');
window.work = [];
const show = (text) => {
  const begin = performance.now();
  out.innerHTML = render(text);
  window.work.push(performance.now() - begin);
};
const text = await (await fetch('/bench/index.md')).text();
window.view = new EditorView({
  doc: text,
  extensions: [
    minimalSetup,
    lineNumbers(),
    EditorView.lineWrapping,
    EditorView.updateListener.of(
      (update) => update.docChanged && show(update.state.doc.toString()),
    ),
  ],
  parent: document.querySelector('aside'),
});
show(text);

// Sent by serve.py and `meridian serve`: follows the changes of the sources.
(() => {
  const kept = 'meridian-scroll:' + location.href;
  let server;
  let panel;

  const reload = () => {
    sessionStorage.setItem(kept, scrollX + ' ' + scrollY);
    location.reload();
  };

  // The page is rendered after the browser has tried to restore the position: do it once there is
  // enough of it.
  const place = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  if (place) {
    const [x, y] = place.split(' ').map(Number);
    const end = Date.now() + 3000;
    const restore = () => {
      if (document.documentElement.scrollHeight >= y + innerHeight) scrollTo(x, y);
      else if (Date.now() < end) requestAnimationFrame(restore);
    };
    restore();
  }

  const show = (text) => {
    panel?.remove();
    panel = undefined;
    if (!text) return;
    panel = document.createElement('pre');
    panel.textContent = text;
    Object.assign(panel.style, {
      position: 'fixed',
      inset: 'auto 0 0 0',
      margin: 0,
      padding: '1rem',
      maxHeight: '60vh',
      overflow: 'auto',
      background: '#300',
      color: '#fff',
      font: '13px/1.5 monospace',
      whiteSpace: 'pre-wrap',
      zIndex: 2147483647,
    });
    document.documentElement.append(panel);
  };

  // Of pages without the shell: the script that shows diagnostics, and the page's own files.
  const { overlay, files } = document.currentScript.dataset;
  let shown;
  const showFindings = async () => {
    shown ??= import(new URL(overlay, location.href).href);
    const { listen, tell } = await shown;
    listen();
    tell('', [], JSON.parse(files));
  };

  const source = document.currentScript.src.replace(/\.js(?=\?|$)/, '');
  // How many changes the server has told of.
  let made = '';
  // Milliseconds between two looks whether the stream was closed for good. Browsers ask again after
  // a failure of the network only; Firefox closes it, without an event, when a page opens its
  // document anew, as the shell does for the layout mode of a page.
  const LOOK = 500;
  let events;

  const connect = () => {
    const url = new URL(source);
    if (made) url.searchParams.set('made', made);
    events = new EventSource(url);
    const on = (kind, handle) =>
      events.addEventListener(kind, (event) => {
        made = event.lastEventId;
        return handle(event.data);
      });
    on('server', (data) => {
      if (server && server !== data) reload();
      server = data;
    });
    on('problem', (data) => show(JSON.parse(data)));
    on('findings', (data) => {
      window.meridianFindings = JSON.parse(data);
      dispatchEvent(new Event('meridian-findings'));
      if (overlay && !shown) showFindings();
    });
    on('message', async (data) => {
      const paths = JSON.parse(data);
      show('');
      if (!paths.length || !window.meridian?.reload) reload();
      else await window.meridian.reload(paths);
    });
  };
  connect();
  setInterval(() => events.readyState === EventSource.CLOSED && connect(), LOOK);
})();

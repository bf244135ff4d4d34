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

  const events = new EventSource(document.currentScript.src.replace(/\.js(?=\?|$)/, ''));
  events.addEventListener('server', (event) => {
    if (server && server !== event.data) reload();
    server = event.data;
  });
  events.addEventListener('problem', (event) => show(JSON.parse(event.data)));
  events.addEventListener('findings', (event) => {
    window.meridianFindings = JSON.parse(event.data);
    dispatchEvent(new Event('meridian-findings'));
  });
  events.onmessage = async (event) => {
    const paths = JSON.parse(event.data);
    show('');
    if (!paths.length || !window.meridian?.reload) reload();
    else await window.meridian.reload(paths);
  };
})();

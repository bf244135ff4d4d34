// Netlify's edge as runtimes.test.mjs needs it, under Deno: files below the excluded path are sent
// as they are, all other requests go to the edge function.
//
//     deno run -A tests/server/netlify_host.mjs FUNCTION FOLDER

/* global Deno */
const [place, root] = Deno.args;
const { default: edge, config } = await import(place);
const files = config.excludedPath.slice(0, -1);

async function file(path) {
  try {
    return new Response(await Deno.readFile(root + path));
  } catch {
    return new Response('Not found', { status: 404 });
  }
}

globalThis.Netlify = { env: { get: (name) => Deno.env.get(name) } };
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(port) }, (one) => {
  const path = decodeURIComponent(new URL(one.url).pathname);
  return path.startsWith(files) ? file(path) : edge(one, {});
});

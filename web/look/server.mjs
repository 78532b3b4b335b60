/** Serves the built pages, under the content security policy that the products send, with the mock in place of a product. For looking and for the tests in a browser. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer as createVite } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILT = join(ROOT, 'target/classes/META-INF/charter');
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page of some product that knows no React. */
const PLAIN = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>License</title>
<link rel="stylesheet" href="/plain.css"><script defer src="/charter/license-page.js"></script></head>
<body><charter-license-banner page="#license"></charter-license-banner><main><charter-license-page></charter-license-page></main></body></html>`;
const PLAIN_STYLE = 'body{margin:0;font-family:Georgia,serif;color:#700}@media (prefers-color-scheme:dark){body{background:#0f1418}}button{background:yellow}';

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  try { return text === '' ? undefined : JSON.parse(text); } catch { return text; }
}

/** Starts at a free port of this machine, with that console at its root; `mock.handle(method, path, body, query)` answers the API. */
export async function serve(mockOf, console = 'mqtt-console') {
  const vite = await createVite({ root: ROOT, configFile: false, server: { middlewareMode: true, hmr: false, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  const load = file => vite.ssrLoadModule(join(ROOT, file));
  let mock = await mockOf(load);
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, 'http://here');
    response.setHeader('Content-Security-Policy', POLICY);
    const send = (status, kind, text) => response.writeHead(status, { 'Content-Type': kind }).end(text);
    if (/^\/(api|portal\/v1)\//.test(address.pathname)) {
      const answered = mock.handle(request.method, address.pathname, await bodyOf(request), address.searchParams);
      if (!answered) return send(404, 'application/problem+json', JSON.stringify({ title: 'There is nothing here.', detail: `The mock knows no ${request.method} ${address.pathname}.` }));
      return send(answered.status, answered.status < 400 ? 'application/json' : 'application/problem+json', JSON.stringify(answered.body));
    }
    if (address.pathname === '/plain.html') return send(200, KINDS['.html'], PLAIN);
    if (address.pathname === '/plain.css') return send(200, KINDS['.css'], PLAIN_STYLE);
    if (address.pathname === '/favicon.ico') return response.writeHead(204).end();
    const path = address.pathname === '/charter/license-page.js' ? '/license-page/license-page.js' : address.pathname === '/portal/' ? '/portal/index.html' : address.pathname.startsWith('/portal/') ? address.pathname : `/${console}${address.pathname === '/' ? '/index.html' : address.pathname}`;
    const file = join(BUILT, path);
    if (!file.startsWith(BUILT) || !existsSync(file) || !statSync(file).isFile()) return send(404, 'text/plain', 'not here');
    response.writeHead(200, { 'Content-Type': KINDS[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    show: next => { mock = next; },
    mock: () => mock,
    load,
    stop: async () => { server.closeAllConnections(); await new Promise(done => server.close(done)); await vite.close(); },
  };
}

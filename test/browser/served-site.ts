import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

/** The site as `npm run docs` built it. */
export const siteFolder = resolve(__dirname, '../../_site');

const prefix = '/cdk8s-karmada/';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
};

/** Serves the site below a prefix, as GitHub Pages does. */
export async function serveSite(): Promise<{ readonly address: string; close(): void }> {
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    try {
      if (!pathname.startsWith(prefix)) throw new Error('outside of the prefix');
      const file = decodeURI(pathname.slice(prefix.length)) || 'index.html';
      const content = readFileSync(join(siteFolder, file));
      response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}${prefix}`, close: () => server.close() };
}

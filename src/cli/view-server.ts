import { existsSync, type FSWatcher, watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname } from 'node:path';
import { EnvironmentError } from '../problem/environment-error';
import { printableLines } from '../problem/words';
import type { CliIo, ExitCode } from './io';
import { processTerminal } from './terminal';

/** Editors write a file in several steps. */
const quietMilliseconds = 150;

/**
 * Serves a page on loopback until it is interrupted, and tells it when files change. It only reads, and answers only
 * requests that come from the page itself: a name that resolves to this machine is not enough.
 *
 * @param render - the page for the files as they are
 * @param watched - absolute paths of files and folders
 */
export async function servePage(
  render: () => Promise<string>,
  watched: readonly string[],
  port: number,
  io: CliIo,
): Promise<ExitCode> {
  let html = await render();
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => answer(request, response, html, listeners));
  const address = await listening(server, port);
  io.out(`http://127.0.0.1:${address.port}/ (Ctrl-C ends it)\n`);

  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), quietMilliseconds);
  };
  const update = async () => {
    // What was replaced is another file or folder of the same name, which the system does not watch.
    for (const watcher of watchers) watcher.close();
    watchers = watching(watched, changed);
    try {
      const next = await render();
      if (next === html) return;
      html = next;
      for (const listener of listeners) listener.write('data: changed\n\n');
      io.err('the files changed\n');
    } catch (error) {
      // The page stays as it is until the files can be read again.
      io.err(`error: ${printableLines(error instanceof Error ? error.message : String(error))}\n`);
    }
  };
  let watchers = watching(watched, changed);
  const signal = (io.terminal ?? processTerminal()).interruption();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  for (const listener of listeners) listener.end();
  server.closeAllConnections();
  server.close();
  return 0;
}

/** Watches files and folders, and the folders that they are in, because a name can be given to another file. */
function watching(paths: readonly string[], changed: () => void): FSWatcher[] {
  const watchers: FSWatcher[] = [];
  const add = (path: string, recursive: boolean, name?: string) => {
    try {
      const watcher = watch(path, { recursive }, (_, file) => {
        if (name === undefined || file === null || file === name) changed();
      });
      watchers.push(watcher.on('error', changed));
    } catch {
      // It disappeared since it was looked for; the folder that it was in says when it returns.
    }
  };
  for (const path of paths) {
    // Of a pattern, the folder that its names begin with is there.
    let there = path;
    while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
    add(there, true);
    add(dirname(there), false, basename(there));
  }
  return watchers;
}

async function listening(server: Server, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new EnvironmentError(
          `port ${port} of 127.0.0.1 cannot be used: ${error.message}`,
          'leave out --port, or choose another one',
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return server.address() as AddressInfo;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  html: string,
  listeners: Set<ServerResponse>,
): void {
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
  };
  const path = (request.url ?? '/').replace(/[?#].*$/s, '');
  if (!isOwn(request)) {
    refuse(403, 'only the page itself may ask');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(405, 'only reading');
  } else if (path === '/changes') {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    response.write(': waiting for changes\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
  } else if (path === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(request.method === 'HEAD' ? undefined : html);
  } else {
    refuse(404, 'there is one page, at /');
  }
}

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** A foreign page can have its name resolve to this machine, or send requests here; its Host or Origin shows it. */
function isOwn({ headers: { host = '', origin }, socket }: IncomingMessage): boolean {
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${socket.localPort}`);
  if (!hosts.includes(host)) return false;
  return origin === undefined || hosts.some((one) => origin === `http://${one}`);
}

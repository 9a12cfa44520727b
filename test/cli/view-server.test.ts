import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { servePage } from '../../src/cli/view-server';
import { folderWith } from '../support/cli';

let end: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await end?.();
  end = undefined;
});

/** Starts a server, and returns its address and what it prints. */
async function serving(render: () => Promise<string>, watched: readonly string[]) {
  const controller = new AbortController();
  const printed: string[] = [];
  let listening = (_: string) => {};
  const address = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const done = servePage(render, watched, 0, {
    out: (text) => listening(/^http:\S+/.exec(text)?.[0] ?? ''),
    err: (text) => void printed.push(text),
    stdin: async () => new Uint8Array(),
    cwd: '.',
    env: {},
    width: 80,
    color: { out: false, err: false },
    terminal: { isLive: false, interruption: () => controller.signal },
  });
  end = () => {
    controller.abort();
    return done;
  };
  return { url: new URL(await address), printed };
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function ask(url: URL, path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: url.hostname, port: url.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of a page', () => {
  test('follows a folder that another one replaces, also below a pattern', async () => {
    const cwd = folderWith({ 'dist/a.yaml': 'one', 'next/a.yaml': 'two' });
    const file = join(cwd, 'dist/a.yaml');
    const { url } = await serving(async () => readFileSync(file, 'utf8'), [join(cwd, 'dist/*.yaml')]);
    renameSync(join(cwd, 'dist'), join(cwd, 'old'));
    renameSync(join(cwd, 'next'), join(cwd, 'dist'));
    await expect.poll(async () => (await ask(url, '/')).body, { timeout: 4000 }).toBe('two');
    writeFileSync(file, 'three');
    await expect.poll(async () => (await ask(url, '/')).body, { timeout: 4000 }).toBe('three');
  });

  test('answers on loopback only, and only what asks for the page itself', async () => {
    const { url } = await serving(async () => '<p>page</p>', []);
    expect(url.hostname).toBe('127.0.0.1');
    expect(await ask(url, '/')).toEqual({ status: 200, body: '<p>page</p>' });
    expect((await ask(url, '/?x=1')).status).toBe(200);
    expect((await ask(url, '/', { host: `localhost:${url.port}` })).status).toBe(200);
    const refused = [
      { host: 'evil.example' },
      { host: `evil.example:${url.port}` },
      { host: '127.0.0.1' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of refused) expect(await ask(url, '/', headers)).toMatchObject({ status: 403 });
    expect((await ask(url, '/', {}, 'POST')).status).toBe(405);
    expect((await ask(url, '/../package.json')).status).toBe(404);
    expect((await ask(url, '/', {}, 'HEAD')).body).toBe('');
  });

  test('says when a file changes, and keeps the page while it cannot be read', async () => {
    const folder = folderWith({ 'a.yaml': '1' });
    let text = 'first';
    const { url, printed } = await serving(async () => {
      if (text === '') throw new Error('broken');
      return text;
    }, [folder]);
    const change = new Promise<string>((resolve, reject) => {
      const asked = request({ host: url.hostname, port: url.port, path: '/changes' }, (response) => {
        response.on('data', (chunk) => {
          if (String(chunk).includes('changed')) resolve(String(chunk));
        });
      });
      asked.on('error', reject);
      asked.end();
    });
    change.catch(() => {});
    text = '';
    writeFileSync(join(folder, 'a.yaml'), '2');
    await waitFor(() => printed.includes('error: broken\n'));
    expect((await ask(url, '/')).body).toBe('first');
    text = 'second';
    writeFileSync(join(folder, 'a.yaml'), '3');
    expect(await change).toBe('data: changed\n\n');
    expect((await ask(url, '/')).body).toBe('second');
  });

  test('a port that is taken is an error with a way out', async () => {
    const { url } = await serving(async () => '', []);
    const again = servePage(async () => '', [], Number(url.port), {} as never);
    await expect(again).rejects.toMatchObject({ fix: 'leave out --port, or choose another one' });
  });
});

async function waitFor(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

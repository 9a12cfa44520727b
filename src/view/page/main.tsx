import { render } from 'preact';
import type { ViewData } from '../view-data';
import { App } from './app';
import { type DedicatedWorkerLike, Engine, serve, workerOf } from './requests';

// The same script is the page and its worker, so that the planner is in the file once.
if (typeof document === 'undefined') serve(globalThis as unknown as DedicatedWorkerLike);
else start();

function start(): void {
  const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as ViewData;
  const script = document.getElementById('script')?.textContent ?? '';
  const root = document.getElementById('page') as HTMLElement;
  root.textContent = '';
  render(<App data={data} engine={new Engine(data, workerOf(script))} />, root);
  if (data.live) new EventSource('/changes').onmessage = () => location.reload();
}

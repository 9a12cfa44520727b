import type { CallAnswer } from '../../lint/analysis/answered-calls';
import { joinWords } from '../../problem/words';
import { shortName, shown } from './text';

const lineHeight = 46;
const most = 60;

/** Who calls whom, and where the answer is missing. */
export function Calls({
  calls,
  onOpen,
}: {
  readonly calls: readonly CallAnswer[];
  readonly onOpen: (key: string) => void;
}) {
  if (calls.length === 0)
    return (
      <p>
        No calls are known, so no client without a server can be shown. Names in the environment and the arguments of
        containers show calls, and <code>calls</code> in the configuration of the linter declares them.
      </p>
    );
  const ordered = [...calls].sort((a, b) => b.missing.length - a.missing.length).slice(0, most);
  const clients = [...new Set(ordered.map(({ client }) => client))];
  const servers = [...new Set(ordered.map(({ server }) => server))];
  const height = Math.max(clients.length, servers.length) * lineHeight + 12;
  const y = (keys: readonly string[], key: string) => keys.indexOf(key) * lineHeight + 28;
  return (
    <div class="calls">
      <svg viewBox={`0 0 640 ${height}`} role="img" aria-label={`${calls.length} calls, listed below`}>
        {ordered.map(({ client, server, missing, declared }) => (
          <path
            key={`${client} ${server}`}
            class={missing.length > 0 ? 'edge bad' : 'edge'}
            stroke-dasharray={declared ? undefined : '5 4'}
            d={`M 212 ${y(clients, client)} C 320 ${y(clients, client)}, 320 ${y(servers, server)}, 424 ${y(servers, server)}`}
            marker-end={missing.length > 0 ? 'url(#bad-arrow)' : 'url(#arrow)'}
          />
        ))}
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M 0 0 L 8 4 L 0 8 z" class="tip" />
          </marker>
          <marker id="bad-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M 0 0 L 8 4 L 0 8 z" class="tip bad" />
          </marker>
        </defs>
        {clients.map((key) => (
          <Node key={key} x={4} y={y(clients, key)} name={key} />
        ))}
        {servers.map((key) => (
          <Node key={key} x={428} y={y(servers, key)} name={key} />
        ))}
      </svg>
      <ul>
        {ordered.map((call) => (
          <li key={`${call.client} ${call.server}`} class={call.missing.length > 0 ? 'bad' : ''}>
            <button type="button" class="link" onClick={() => onOpen(call.client)}>
              {shown(call.client)}
            </button>{' '}
            calls{' '}
            <button type="button" class="link" onClick={() => onOpen(call.server)}>
              {shown(call.server)}
            </button>
            : {callText(call)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Node({ x, y, name }: { readonly x: number; readonly y: number; readonly name: string }) {
  const text = shortName(name);
  return (
    <g>
      <rect class="node" x={x} y={y - 16} width={208} height={32} rx={6} />
      <text class="node-name" x={x + 10} y={y + 5}>
        {text.length > 24 ? `${text.slice(0, 23)}…` : text}
        <tspan class="node-kind"> {shown(name.slice(0, name.indexOf('/')))}</tspan>
      </text>
    </g>
  );
}

/** In words: where a client finds no server. */
export function callText({ clusters, missing }: CallAnswer): string {
  if (missing.length === 0)
    return clusters.length === 0 ? 'the client runs nowhere' : `answered in ${joinWords(clusters.map(shown), 'and')}`;
  const parts = [true, false].flatMap((always) => {
    const own = missing.filter((one) => one.always === always).map(({ cluster }) => shown(cluster));
    return own.length === 0 ? [] : [`${always ? 'no server' : 'perhaps no server'} in ${joinWords(own, 'and')}`];
  });
  return parts.join('; ');
}

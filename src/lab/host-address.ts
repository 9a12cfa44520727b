import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * An address of this machine that containers can reach: the source address of the route to a public address. On macOS this
 * is the address of the default interface. Undefined without such a route.
 */
export function hostAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (address: string | undefined) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(undefined));
    // Connecting a datagram socket selects a route without sending anything.
    socket.connect(53, '1.1.1.1', () => finish(socket.address().address));
  });
}

/** Why a port cannot be used; undefined if it can. */
export function portProblem(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(
        code === 'EADDRNOTAVAIL' ? `${host} is not an address of this machine` : `port ${port} of ${host} is in use`,
      );
    });
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

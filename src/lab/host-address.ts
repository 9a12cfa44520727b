import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * The address of this machine that its containers reach as well: the source address of the route to a public address, on
 * macOS that of the default interface. Undefined where there is no such route.
 */
export function hostAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (address: string | undefined) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(undefined));
    // Connecting a datagram socket chooses the route, and sends nothing.
    socket.connect(53, '1.1.1.1', () => finish(socket.address().address));
  });
}

/** Why a port cannot be used; undefined where it can. */
export function portProblem(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'EADDRNOTAVAIL' ? `${host} is no address of this machine` : `port ${port} of ${host} is taken`);
    });
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

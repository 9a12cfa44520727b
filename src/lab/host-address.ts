import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Any public address: nothing is sent to it. */
const publicAddress = '1.1.1.1';

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
    // Connecting a datagram socket chooses the route, and that is all it does.
    socket.connect(53, publicAddress, () => finish(socket.address().address));
  });
}

/** Whether nobody listens on a port yet; otherwise why it cannot be had. */
export function portProblem(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'EADDRNOTAVAIL' ? `${host} is no address of this machine` : `port ${port} of ${host} is taken`);
    });
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

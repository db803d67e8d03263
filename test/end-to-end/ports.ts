import { createServer } from 'node:net';

/** A TCP port that is free and not of the range that the kernel hands out by itself. */
export async function freePort(): Promise<number> {
  for (let port = next; port < next + 1000; port++) {
    if (!(await isFree(port))) continue;
    next = port + 1;
    return port;
  }
  throw new Error('no free TCP port was found');
}

/** Test runs at the same time begin in different places. */
let next = 15_000 + (process.pid % 150) * 100;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

import { forkProcess } from './fork.js';
import type { Call } from './scenario.js';
import { system, text } from './syscalls.js';

/** Processes and sockets to reach, by the number of layers that they were made under. */
export class Peers {
  readonly #processes = new Map<number, number>();
  readonly #names = new Map<number, string>();
  readonly #directory: string;

  /** @param directory - where sockets get a path: outside of every tree, so that no rule counts. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes what calls need that is to be under `layers` layers: as many restrict us now. */
  make(layers: number, calls: readonly Call[]): void {
    for (const call of calls) {
      if (call[1] !== layers) continue;
      if (processCalls.has(call[0])) this.#makeProcess(layers);
      if (abstractCalls.has(call[0])) this.#makeSockets(layers, '\0laboratory');
      if (pathCalls.has(call[0])) this.#makeSockets(layers, `${this.#directory}/peer`);
    }
  }

  /** A process that waits, under that many of our layers. */
  process(layers: number): number {
    const process = this.#processes.get(layers);
    if (process === undefined) throw new Error(`no process is under ${layers} layers`);
    return process;
  }

  /** The abstract name, or the path, of a stream that is listened on, under that many layers. */
  stream(layers: number): string {
    const name = this.#names.get(layers);
    if (name === undefined) throw new Error(`no socket is under ${layers} layers`);
    return `${name}-stream`;
  }

  /** The same, of a socket for datagrams. */
  datagram(layers: number): string {
    return this.stream(layers).replace('-stream', '-datagram');
  }

  #makeProcess(layers: number): void {
    if (this.#processes.has(layers)) return;
    const parent = system.getpid();
    const child = forkProcess();
    if (child !== 0) {
      system.setpgid(child, child);
      this.#processes.set(layers, child);
      return;
    }
    // A signal at the parent's death would do, if the parent's domain did not refuse that as well.
    while (system.getppid() === parent) system.usleep(20_000);
    system._exit(0);
  }

  #makeSockets(layers: number, prefix: string): void {
    if (this.#names.has(layers)) return;
    const name = `${prefix}-${system.getpid()}-${made++}`;
    this.#names.set(layers, name);
    for (const [kind, type] of [
      ['stream', SOCK_STREAM],
      ['datagram', SOCK_DGRAM],
    ] as const) {
      const socket = system.socket(AF_UNIX, type, 0);
      const address = unixAddress(`${name}-${kind}`);
      system.bind(socket, address, address.length);
      if (type === SOCK_STREAM) system.listen(socket, 8);
    }
  }
}

/** struct sockaddr_un, no longer than its name. */
export function unixAddress(name: string): Buffer {
  const address = Buffer.concat([
    Buffer.alloc(2),
    name.startsWith('\0') ? Buffer.from(name) : text(name),
  ]);
  address.writeUInt16LE(AF_UNIX, 0);
  return address;
}

export const AF_UNIX = 1;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;

let made = 0;

const processCalls: ReadonlySet<string> = new Set([
  'signal',
  'signal-group',
  'pidfd-signal',
  'trace',
  'read-memory',
]);
const abstractCalls: ReadonlySet<string> = new Set(['connect-abstract', 'send-abstract']);
const pathCalls: ReadonlySet<string> = new Set(['connect-peer', 'send-peer']);

import { readFileSync } from 'node:fs';

const O_NONBLOCK = 0o4000;

let blocking: readonly number[] = [];

/**
 * Notes which of the standard streams block, before anything of Node's touches them: from Node 22
 * on, to load `node:util` is enough to make a pipe on descriptor 2 non-blocking, for whoever else
 * has it as well.
 */
export function noteBlockingStreams(): void {
  blocking = [0, 1, 2].filter(blocks);
}

/** Those that blocked when we were started. */
export function blockingStreams(): readonly number[] {
  return blocking;
}

/** By proc_pid_fdinfo(5). A descriptor that is closed does not. */
function blocks(descriptor: number): boolean {
  try {
    const [, flags = ''] =
      /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1')) ?? [];
    return flags !== '' && (Number.parseInt(flags, 8) & O_NONBLOCK) === 0;
  } catch {
    return false;
  }
}

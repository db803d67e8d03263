import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { pathForNode } from '../../../kernel/path-bytes.js';
import { tryBind, tryConnect } from '../../../kernel/try-port.js';
import { restrictSelf } from '../../../landlock/enforce.js';
import type { Attempt, Outcome } from './attempt.js';

/** What the thread is started with. */
export interface AttemptOrder {
  /** The descriptor of a prepared ruleset. */
  readonly ruleset: number;
  readonly attempts: readonly Attempt[];
}

function attempted(attempt: Attempt): Outcome {
  if (attempt.kind === 'open') return opened(attempt);
  const { how, protocol, port } = attempt;
  const code = how === 'connect' ? tryConnect(protocol, port) : tryBind(protocol, port);
  return { kind: code === 'EACCES' ? 'denied' : 'allowed' };
}

/** Opening alone: nothing is made, cut to length, read or written, and nobody is waited for. */
function opened({ how, path }: Attempt & { kind: 'open' }): Outcome {
  try {
    closeSync(openSync(pathForNode(path), flags[how]));
    return { kind: 'allowed' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'EACCES') return { kind: 'unclear', code };
    return { kind: permitted(path, how) ? 'denied' : 'permissions' };
  }
}

/** access(2) asks for plain permissions, and Landlock has no say in it. */
function permitted(path: string, how: 'read' | 'write' | 'list'): boolean {
  try {
    accessSync(pathForNode(path), how === 'write' ? constants.W_OK : constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

const { O_RDONLY, O_WRONLY, O_NONBLOCK, O_NOCTTY, O_DIRECTORY } = constants;

const flags = {
  read: O_RDONLY | O_NONBLOCK | O_NOCTTY,
  write: O_WRONLY | O_NONBLOCK | O_NOCTTY,
  list: O_RDONLY | O_NONBLOCK | O_DIRECTORY,
} as const;

const { ruleset, attempts } = workerData as AttemptOrder;
restrictSelf({ descriptor: ruleset, omissions: [] });
parentPort?.postMessage(attempts.map(attempted));

import { constants } from 'node:os';
import { inheritedIgnored } from './inherited.js';
import { libc } from './libc.js';

const signal = libc<[number, number], bigint>('intptr_t signal(int number, intptr_t handler)');
const SIG_IGN = 1;

/**
 * Ignores again what was ignored when we were started, as long as we run. Not SIGCHLD: its ignoring
 * would take from Node the children that it waits for.
 */
export function ignoreInherited(): void {
  for (const number of inheritedIgnored()) {
    if (number !== constants.signals.SIGCHLD) signal(number, SIG_IGN);
  }
}

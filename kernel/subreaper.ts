import { checked, libc } from './libc.js';

const prctl = libc<[number, number, number, number, number], number>(
  'int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)',
);
const waitpid = libc<[number, Buffer | null, number], number>(
  'int waitpid(int pid, void *status, int options)',
);

const PR_SET_CHILD_SUBREAPER = 36;
const WNOHANG = 1;

/**
 * Orphans among our descendants become our children from now on, instead of init's: what a target
 * leaves behind stays in our sight, and readable where only an ancestor may (Yama).
 */
export function becomeSubreaper(): void {
  checked('prctl', prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
}

/** Buries a child that has ended; one that has not is left alone. */
export function reap(child: number): void {
  waitpid(child, null, WNOHANG);
}

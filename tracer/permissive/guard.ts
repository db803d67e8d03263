import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Known } from './left-behind.js';

/**
 * Stands by for the case that we are killed without a chance to clean up: without a supervisor the
 * calls that the filter stops fail for ever, since a filter cannot be taken off again. So the
 * target, all of it, ends with us.
 *
 * A shell reads the target's processes from a pipe of ours as they appear: the pipe's end without
 * a word means that we died, and it ends them and what they started meanwhile.
 */
export class Guard {
  readonly #shell: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor() {
    this.#shell = spawn('/bin/sh', ['-c', killAll], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true, // Keys of the terminal that end the target are not for the guard.
    });
    this.#shell.stdin?.on('error', () => {});
    this.#gone = once(this.#shell, 'close').catch(() => {});
  }

  /** The shell's process id. */
  get id(): number | undefined {
    return this.#shell.pid;
  }

  watch({ id, start }: Known): void {
    this.#shell.stdin?.write(`${id} ${start}\n`);
  }

  async dismiss(): Promise<void> {
    this.#shell.stdin?.end('dismissed\n');
    await this.#gone;
  }
}

/**
 * Children of what is to be killed are found by their parent before it is killed. A process whose
 * start differs has its id from another that ended.
 */
const killAll = `
known=
while read -r id start; do
  [ "$id" = dismissed ] && exit
  known="$known $id:$start"
done
started() {
  read -r stat < "/proc/$1/stat" || return
  set -- \${stat##*) }
  shift 19
  printf %s "$1"
}
end() {
  for child in $(cat /proc/$1/task/*/children); do end "$child"; done
  kill -KILL "$1"
}
for process in $known; do
  id=\${process%%:*}
  [ "$(started "$id")" = "\${process#*:}" ] && end "$id"
done`;

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { closeFd, openPipe } from '../kernel/descriptors.js';
import { ownChildren } from '../tracer/own-children.js';

/** Stands by for a terminal while a screen is on it. */
export interface TerminalGuard {
  readonly entered: () => void;
  readonly left: () => void;
  readonly dismiss: () => void;
}

interface Guarded {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Where we are killed without a chance to clean up, a shell gives the terminal back: its modes as
 * they are now, and what `leaving` writes. It holds the other end of a pipe of ours, whose end
 * without a word means that we died.
 *
 * @param leaving - what takes a screen off the terminal again.
 * @returns undefined where there is no terminal, or nothing that could guard it.
 */
export function guardTerminal(
  { input, output }: Guarded,
  leaving: string,
): TerminalGuard | undefined {
  const [from, to] = [descriptorOf(input), descriptorOf(output)];
  const modes = from === undefined ? undefined : modesOf(from);
  if (from === undefined || to === undefined || modes === undefined) return undefined;
  const { read, write } = openPipe();
  const shell = shellOn(read, { from, to }, [modes, leaving]);
  const tell = (word: string) => {
    try {
      writeSync(write, `${word}\n`);
    } catch {
      // It is gone; there is nobody else to tell.
    }
  };
  return {
    entered: () => tell('entered'),
    left: () => tell('left'),
    dismiss() {
      tell('dismissed');
      closeFd(write);
      shell.once('exit', () => ownChildren.delete(shell.pid ?? 0));
    },
  };
}

function descriptorOf(stream: object): number | undefined {
  return 'fd' in stream && typeof stream.fd === 'number' ? stream.fd : undefined;
}

/** As stty(1) takes them back; undefined where they cannot be had, as of what is no terminal. */
function modesOf(descriptor: number): string | undefined {
  const { status, stdout } = spawnSync('stty', ['-g'], { stdio: [descriptor, 'pipe', 'ignore'] });
  return status === 0 ? String(stdout).trim() : undefined;
}

function shellOn(
  read: number,
  { from, to }: { readonly from: number; readonly to: number },
  words: readonly string[],
): ChildProcess {
  const waiting = openSync(`/proc/self/fd/${read}`, 'r'); // Where reading waits, as shells expect.
  const shell = spawn('/bin/sh', ['-c', lastDuty, 'sh', ...words], {
    stdio: [waiting, to, 'ignore', from],
    detached: true, // What stops or ends us by the terminal's keys is not for the guard.
  });
  closeFd(read);
  closeFd(waiting);
  if (shell.pid !== undefined) ownChildren.add(shell.pid);
  shell.on('error', () => {});
  shell.unref();
  return shell;
}

const lastDuty = `
state=left
while read -r word; do
  [ "$word" = dismissed ] && exit
  state=$word
done
[ "$state" = entered ] || exit
stty "$1" <&3
printf %s "$2"`;

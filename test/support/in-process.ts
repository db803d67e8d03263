import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dispatch } from '../../cli/dispatch.js';
import { checked, libc } from '../../kernel/libc.js';
import { type Ended, inDirectory } from './command.js';

const dup = libc<[number], number>('int dup(int fd)');
const dup2 = libc<[number, number], number>('int dup2(int fd, int other)');

/**
 * Does what the words of a command line say in this process, and not in one of its own, whose start
 * takes longer than most of what is done offline. For verbs that run no command.
 */
export function llLearnInProcess(
  words: readonly string[],
  where: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return inDirectory(async (directory) => {
    const [out, err] = [join(directory, 'out'), join(directory, 'err')];
    const status = await elsewhere(where, () =>
      writingTo(1, out, () => writingTo(2, err, () => dispatch(words, []))),
    );
    return { status, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') };
  });
}

async function elsewhere<Result>(
  { cwd = process.cwd(), env = process.env }: Parameters<typeof llLearnInProcess>[1] & object,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = { cwd: process.cwd(), env: process.env };
  process.chdir(cwd);
  process.env = env;
  try {
    return await act();
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
  }
}

/** What is written to a descriptor goes to a file. */
async function writingTo<Result>(
  descriptor: number,
  file: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const kept = checked('dup', dup(descriptor));
  const opened = openSync(file, 'a');
  checked('dup2', dup2(opened, descriptor));
  try {
    return await act();
  } finally {
    checked('dup2', dup2(kept, descriptor));
    for (const each of [kept, opened]) closeSync(each);
  }
}

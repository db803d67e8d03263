import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSystemErrorName } from 'node:util';
import * as assert from 'uvu/assert';
import { fixtureProgram } from './fixtures.js';
import { freePort } from './ports.js';
import type { Stage } from './stage.js';

/** Not tried without a profile: they would succeed for root, and harm. */
export const attemptsOnTheSystem: readonly string[] = [
  'read /etc/shadow',
  'write /etc/ll-learn-was-here',
  'list /home',
  'list /root',
];

/** What the user may do, and the workload has not done. */
export async function permittedAttempts(stage: Stage): Promise<readonly string[]> {
  const elsewhere = join(stage.directory, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o777, recursive: true });
  writeFileSync(join(elsewhere, 'letter'), 'private\n');
  copyFileSync(fixtureProgram('attempt'), join(elsewhere, 'program'));
  stage.reset();
  const port = await freePort();
  return [
    `read ${elsewhere}/letter`,
    `write ${elsewhere}/new`,
    `list ${elsewhere}`,
    `execute ${elsewhere}/program`,
    `connect ${port}`,
    `bind ${port}`,
  ];
}

/** Adds to a profile what starting the prober needs, as a person would: in the file beside it. */
export function allowTheProber(profile: string): void {
  writeFileSync(
    profile.replace('.landlock.toml', '.local.toml'),
    `abi = 1
[[path_beneath]]
allowed_access = ["execute", "read_file"]
parent = ["${fixtureProgram('attempt')}"]
`,
  );
}

/**
 * What comes of attempts, each as `ATTEMPT: ok` or with the name of its error.
 *
 * @param restricted - the words that run these words with restrictions.
 */
export async function attempt(
  stage: Stage,
  attempts: readonly string[],
  restricted: (words: readonly string[]) => readonly string[] = (words) => words,
): Promise<readonly string[]> {
  const words = [fixtureProgram('attempt'), ...attempts.flatMap((one) => one.split(' '))];
  const prober = await stage.perform(restricted(words));
  assert.is(prober.status, 0, prober.stderr);
  const errors = prober.stdout.trimEnd().split('\n').map(Number);
  return attempts.map((one, index) => {
    const error = errors[index] ?? Number.NaN;
    return `${one}: ${error === 0 ? 'ok' : getSystemErrorName(-error)}`;
  });
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { landlockSupport } from '../../landlock/support.js';
import { straceAvailability } from '../../tracer/strace/availability.js';
import { ownProgram } from './command.js';

/** Why a test cannot run on this machine; undefined when it can. */
export type Lack = string | undefined;

/** What registers a test with uvu: a suite. */
interface Suite {
  (title: string, test: () => Promise<void> | void): void;
  readonly skip: (title?: string, test?: () => Promise<void> | void) => void;
}

/** Registers a test, or skips it and says why: once a reason, so that it can be seen. */
export function testWhere(
  suite: Suite,
  lack: Lack,
  title: string,
  test: () => Promise<void> | void,
): void {
  if (lack === undefined) return suite(title, test);
  if (!told.has(lack)) process.stdout.write(`(skipping tests: ${lack}) `);
  told.add(lack);
  suite.skip(title, test);
}

/** Landlock of this ABI or later. */
export function lacksLandlock(abi = 1): Lack {
  const support = landlockSupport();
  if (!support.available) return support.reason;
  return support.abi >= abi
    ? undefined
    : `this kernel has Landlock ABI ${support.abi}, and ${abi} is needed`;
}

/** A strace that may trace. */
export function lacksStrace(): Lack {
  straceLack ??= straceAvailability();
  return straceLack.usable ? undefined : straceLack.reason;
}

/** Programs that a test runs. */
export function lacksPrograms(...names: readonly string[]): Lack {
  const missing = names.filter(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
  );
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed`;
}

/** A directory of the system. */
export function lacksDirectory(path: string): Lack {
  return existsSync(path) ? undefined : `there is no ${path}`;
}

/** The right to become another user. */
export function lacksRoot(): Lack {
  return process.getuid?.() === 0 ? undefined : 'only root can become another user';
}

/**
 * A way for others to this checkout and to Node: either may lie in a directory that is closed to
 * them, as root's own.
 */
export function lacksWayForOthers(): Lack {
  if (lacksRoot() !== undefined) return undefined;
  wayLack ??= { lack: triedByOthers() };
  return wayLack.lack;
}

let wayLack: { readonly lack: Lack } | undefined;

function triedByOthers(): Lack {
  const nobody = { uid: 65534, gid: 65534 };
  const { status } = spawnSync(process.execPath, [ownProgram, '--version'], {
    ...nobody,
    cwd: '/',
  });
  return status === 0 ? undefined : `an ordinary user may not run ${ownProgram}`;
}

const told = new Set<string>();
let straceLack: ReturnType<typeof straceAvailability> | undefined;

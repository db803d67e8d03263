import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ruleset } from '../../landlock/ruleset.js';
import { inhabited } from '../../profiles/inhabit.js';
import { readToml } from '../../profiles/read-toml.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { expandTemplate } from '../../profiles/templates.js';
import { ambientVariables } from '../../tracer/ambient.js';
import type { AmbientVariables } from '../../tracer/ambient-names.js';
import { resolvePath } from '../../tracer/disk-view.js';
import { type Ended, ownProgram } from '../support/command.js';
import { testedTracer } from '../support/tracer.js';
import { base, removeWhole } from './fixtures.js';
import type { Performer } from './performers.js';

/** Files by their paths; those that begin with `#!` are made executable. */
export type Files = Readonly<Record<string, string>>;

/** A place for one user to run something in, again and again from the same state. */
export class Stage {
  readonly directory: string;
  /** Where programs run; with a home and a directory for temporary files beside it. */
  readonly work: string;
  readonly #performer: Performer;
  readonly #files: Files;

  constructor(name: string, performer: Performer, files: Files = {}) {
    this.directory = join(base, `${name} by ${performer.name}`.replaceAll(' ', '-'));
    this.work = join(this.directory, 'work');
    this.#performer = performer;
    this.#files = files;
    this.reset();
  }

  /** The state before the first run. What stands beside the three directories stays. */
  reset(): void {
    for (const name of ['work', 'home', 'temporary']) {
      removeWhole(join(this.directory, name));
      mkdirSync(join(this.directory, name), { recursive: true });
    }
    for (const [name, text] of Object.entries(this.#files)) {
      const file = join(this.work, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      if (text.startsWith('#!')) chmodSync(file, 0o755);
    }
    this.#handOver(this.directory);
  }

  /** Gives everything to the user, and one age, so that no listing differs. */
  #handOver(path: string): void {
    const { uid, gid } = this.#performer;
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
      const each = join(entry.parentPath, entry.name);
      chownSync(each, uid, gid);
      lutimesSync(each, aWhileAgo, aWhileAgo);
    }
    chownSync(path, uid, gid);
  }

  /** Runs a command here as the user, to its end. */
  perform(
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    const { uid, gid } = this.#performer;
    const [program = '', ...rest] = command;
    const { cwd, env } = this.surroundings;
    const child = spawn(program, rest, {
      ...{ uid, gid, cwd, timeout: 180_000, killSignal: 'SIGKILL' },
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, ...environment },
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        said[stream] += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) =>
        resolve({ status: status ?? signal ?? 'unknown', ...said }),
      );
    });
  }

  /** Where and how everything runs here: what stands in profiles for its variables depends on it. */
  get surroundings() {
    return {
      cwd: this.work,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: join(this.directory, 'home'),
        TMPDIR: join(this.directory, 'temporary'),
      },
    };
  }

  /** A profile's ruleset as it is here. */
  rulesetIn(profile: string): Ruleset {
    const inhabiting = inhabited(readToml(readFileSync(profile, 'utf8'), profile), this.#variables);
    return resolveProfile(inhabiting, profile).ruleset;
  }

  /** What a path of a profile stands for here. */
  pathOf(template: string): string {
    const values = Object.entries(this.#variables).map(([name, value]) => [name, [value]] as const);
    return expandTemplate(template, new Map(values))[0] ?? '';
  }

  get #variables(): AmbientVariables {
    const { cwd, env } = this.surroundings;
    return { ...ambientVariables(env), WORKDIR: resolvePath(cwd, true) };
  }

  profile(name: string): string {
    return join(this.directory, `${name}.landlock.toml`);
  }
}

/** The words that run a command under `ll-learn learn`, without a review. */
export function learning(
  profile: string,
  command: readonly string[],
  ...options: readonly string[]
): readonly string[] {
  return learningBy(testedTracer, profile, command, ...options);
}

/** The same with a tracer that is not the tested one. */
export function learningBy(
  tracer: string,
  profile: string,
  command: readonly string[],
  ...options: readonly string[]
): readonly string[] {
  const ours = [process.execPath, ownProgram, '--no-review', '--tracer', tracer];
  return [...ours, '-o', profile, ...options, '--', ...command];
}

/** The words that run a command under a profile. */
export function enforcing(profile: string, command: readonly string[]): readonly string[] {
  return [process.execPath, ownProgram, 'run', profile, '--', ...command];
}

/** What a command said by itself: without the words of ours. */
export function withoutOurWords({ status, stdout, stderr }: Ended): Ended {
  return { status, stdout, stderr: stderr.replaceAll(/^ll-learn: .*\n(?: {2}.*\n)*/gm, '') };
}

const aWhileAgo = new Date('2001-02-03T04:05:06Z');

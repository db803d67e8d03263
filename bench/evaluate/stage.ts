import { spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { furniture } from './furniture.js';
import type { Files } from './program.js';
import type { User } from './users.js';

/** How a command ended, and what it printed. */
export interface Ended {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
  /** The process that became the command. */
  readonly process: number;
}

/** A user's working directory, home and directory for temporary files, in one that goes with them. */
export class Stage {
  readonly directory: string;
  readonly #user: User;

  constructor(user: User) {
    this.directory = mkdtempSync(join(base(), 'll-evaluate-'));
    chmodSync(this.directory, 0o755);
    this.#user = user;
  }

  /** As nothing had been run, with what people have beside what a task brings. */
  set(work: Files = {}, home: Files = {}): void {
    const places = {
      desk: { ...furniture.work, ...work },
      home: { ...furniture.home, ...home },
      tmp: {},
    };
    for (const [name, files] of Object.entries(places)) {
      const place = join(this.directory, name);
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      for (const [file, text] of Object.entries(files)) write(join(place, file), text);
      handOver(place, this.#user);
    }
  }

  /** Runs a command in the working directory, to its end. */
  perform(command: readonly string[]): Promise<Ended> {
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, {
      ...{ uid: this.#user.uid, gid: this.#user.gid },
      ...{ cwd: join(this.directory, 'desk'), timeout: 120_000, killSignal: 'SIGKILL' },
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        HOME: join(this.directory, 'home'),
        TMPDIR: join(this.directory, 'tmp'),
        USER: this.#user.name,
      },
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('latin1').on('data', (text) => {
        said[stream] += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) =>
        resolve({ status: status ?? signal ?? 'unknown', ...said, process: child.pid ?? -1 }),
      );
    });
  }

  /** Leaves nothing behind. */
  strike(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/**
 * Beside /tmp where that may be: programs that make temporary files there get rights on all of it,
 * which would open every stage.
 */
function base(): string {
  try {
    accessSync('/srv', constants.W_OK);
    return '/srv';
  } catch {
    return tmpdir();
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (text.startsWith('#!')) chmodSync(file, 0o755);
}

function handOver(path: string, { uid, gid }: User): void {
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
  chownSync(path, uid, gid);
}

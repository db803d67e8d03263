import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomeSubreaper, reap } from '../../../kernel/subreaper.js';
import { forkProcess } from './fork.js';
import { raiseLoopback } from './loopback.js';
import { plantTree } from './plant.js';
import type { End, Scenario } from './scenario.js';
import { system, text } from './syscalls.js';
import { tryInDomain } from './try-in-domain.js';

/**
 * Where the kernel is asked: a mount namespace and a network of its own, trees in memory, and a
 * child for every domain. For root, and for a process that may fork while it runs JavaScript: one
 * of `node --single-threaded`.
 */
export class Laboratory {
  readonly #directory: string;
  readonly #inMemory: boolean;
  #trees = 0;

  /** @param on - a directory to plant in, for its file system; without it, memory. */
  constructor(on?: string) {
    this.#directory = mkdtempSync(join(on ?? tmpdir(), 'laboratory-'));
    this.#inMemory = on === undefined;
    becomeSubreaper();
    system.unshare(CLONE_NEWNS | CLONE_NEWNET);
    system.mount(null, text('/'), null, MS_REC | MS_PRIVATE, null);
    if (this.#inMemory) this.#mountTrees();
    raiseLoopback();
  }

  /**
   * How the kernel lets the calls end, in one domain for all of them: they have to handle the same.
   * Each has a tree of its own, so that no rule of one holds for another.
   */
  endsOf(scenarios: readonly Scenario[]): readonly End[] {
    for (let attempt = 1; ; attempt++) {
      const { ends, signal } = this.#tryAll(scenarios);
      if (ends !== undefined) return ends;
      // Where V8 takes new memory right before the fork, its child lacks that and dies of it.
      if (signal === SIGSEGV && attempt < mostAttempts) continue;
      throw new Error(`the child died of signal ${signal}: ${JSON.stringify(scenarios)}`);
    }
  }

  #tryAll(scenarios: readonly Scenario[]): Outcome {
    if (this.#trees > 4000) this.#clear();
    const roots = scenarios.map(({ tree }) => {
      const root = `${this.#directory}/${this.#trees++}`;
      plantTree(root, tree);
      return root;
    });
    const results = `${this.#directory}/results`;
    const output = openSync(results, 'w');
    const child = forkProcess();
    if (child === 0) tryInDomain(scenarios, roots, output);
    const status = Buffer.alloc(4);
    system.waitpid(child, status, 0);
    closeSync(output);
    reap(-1);
    const signal = status.readUInt32LE(0) & 0x7f;
    return { ends: signal === 0 ? endsIn(readFileSync(results, 'utf8')) : undefined, signal };
  }

  /** Nothing of it remains. */
  close(): void {
    if (this.#inMemory) system.umount2(text(this.#directory), MNT_DETACH);
    rmSync(this.#directory, { recursive: true });
  }

  #mountTrees(): void {
    system.mount(text('tmpfs'), text(this.#directory), text('tmpfs'), 0, null);
    this.#trees = 0;
  }

  #clear(): void {
    if (this.#inMemory) {
      system.umount2(text(this.#directory), MNT_DETACH);
      this.#mountTrees();
      return;
    }
    for (const name of readdirSync(this.#directory)) {
      rmSync(join(this.#directory, name), { recursive: true });
    }
    this.#trees = 0;
  }
}

/** How the calls ended; or, where their process did not live that long, the signal it died of. */
interface Outcome {
  readonly ends: readonly End[] | undefined;
  readonly signal: number;
}

const SIGSEGV = 11;
const mostAttempts = 3;
const CLONE_NEWNS = 0x20000;
const CLONE_NEWNET = 0x40000000;
const MS_REC = 16384;
const MS_PRIVATE = 1 << 18;
const MNT_DETACH = 2;

function endsIn(results: string): readonly End[] {
  const ends: unknown = JSON.parse(results);
  if (Array.isArray(ends)) return ends as readonly End[];
  throw new Error(`the child could not try: ${String(ends)}`);
}

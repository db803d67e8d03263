import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemCallError } from '../../../kernel/libc.js';
import { becomeSubreaper, reap } from '../../../kernel/subreaper.js';
import { prepareRuleset, restrictSelf } from '../../../landlock/enforce.js';
import type { Ruleset } from '../../../landlock/ruleset.js';
import { forkProcess } from './fork.js';
import { Peers } from './peers.js';
import { type Attempt, arrange } from './perform.js';
import { plantTree } from './plant.js';
import { laboratoryAbi, rulesetOf } from './ruleset.js';
import type { Call, End, Scenario } from './scenario.js';
import { system, text } from './syscalls.js';

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
    if (this.#trees > 4000) this.#clear();
    const roots = scenarios.map(({ tree }) => {
      const root = `${this.#directory}/${this.#trees++}`;
      plantTree(root, tree);
      return root;
    });
    const results = `${this.#directory}/results`;
    const output = openSync(results, 'w');
    const child = forkProcess();
    if (child === 0) inChild(scenarios, roots, output);
    system.waitpid(child, null, 0);
    closeSync(output);
    reap(-1);
    return endsIn(readFileSync(results, 'utf8'));
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

const CLONE_NEWNS = 0x20000;
const CLONE_NEWNET = 0x40000000;
const MS_REC = 16384;
const MS_PRIVATE = 1 << 18;
const MNT_DETACH = 2;

/** Seconds after which a child is taken to wait for something that never comes. */
const longestTrial = 60;

/** Restricts itself, tries everything, and is gone. */
function inChild(scenarios: readonly Scenario[], roots: readonly string[], output: number): never {
  system.alarm(longestTrial);
  try {
    writeSync(output, JSON.stringify(endsInDomain(scenarios, roots)));
  } catch (error) {
    writeSync(output, JSON.stringify(error instanceof Error ? error.stack : String(error)));
  }
  system._exit(0);
  throw new Error('the child lives on');
}

function endsInDomain(scenarios: readonly Scenario[], roots: readonly string[]): readonly End[] {
  const calls = scenarios.flatMap(({ first = [], before = [], call }) => [
    ...first,
    ...before,
    call,
  ]);
  if (calls.some(([name]) => mounting.has(name))) system.unshare(CLONE_NEWNS);
  const peers = new Peers();
  for (const [number, { first = [] }] of scenarios.entries()) {
    for (const call of first) arrange(roots[number] ?? '', call, peers)();
  }
  const prepared = layersOf(scenarios, roots).map((ruleset) => {
    const { descriptor, omissions } = prepareRuleset(ruleset, laboratoryAbi);
    if (omissions.length > 0) throw new Error(`refused rules: ${JSON.stringify(omissions)}`);
    return { descriptor, omissions };
  });
  const attempts = scenarios.map((scenario, number) =>
    arrangeAll(scenario, roots[number] ?? '', peers),
  );
  peers.make(0, calls);
  for (const [number, layer] of prepared.entries()) {
    restrictSelf(layer);
    peers.make(number + 1, calls);
  }
  return attempts.map(endOf);
}

/** What of a scenario is done outside the domain. @returns what is left to be tried inside. */
function arrangeAll(scenario: Scenario, root: string, peers: Peers): Attempt {
  try {
    for (const call of scenario.before ?? []) arrange(root, call, peers)();
    return arrange(root, scenario.call, peers);
  } catch (error) {
    throw new Error(`${JSON.stringify(scenario)} cannot be arranged: ${String(error)}`);
  }
}

const mounting: ReadonlySet<Call[0]> = new Set<Call[0]>([
  'bind-mount',
  'overlay-mount',
  'mount',
  'unmount',
  'remount',
  'pivot-root',
  'move-mount',
  'mount-attributes',
]);

/** The layers of all scenarios as one domain, which is each one's own as far as its tree goes. */
function layersOf(scenarios: readonly Scenario[], roots: readonly string[]): readonly Ruleset[] {
  const [first] = scenarios;
  return (first?.layers ?? []).map((_, layer) => {
    const own = scenarios.map(({ layers }, number) =>
      rulesetOf(layers[layer] ?? {}, (path) => `${roots[number]}/${path}`),
    );
    const [ruleset] = own;
    if (ruleset === undefined) throw new Error('there is no scenario');
    return { ...ruleset, paths: own.flatMap(({ paths }) => paths) };
  });
}

function endOf(attempt: Attempt): End {
  try {
    attempt();
    return 'ok';
  } catch (error) {
    const code = error instanceof SystemCallError ? error.code : (error as { code?: string }).code;
    if (code === undefined) throw error;
    return code;
  }
}

function endsIn(results: string): readonly End[] {
  const ends: unknown = results === '' ? 'it died' : JSON.parse(results);
  if (Array.isArray(ends)) return ends as readonly End[];
  throw new Error(`the child could not try: ${String(ends)}`);
}

/** In a network of its own, the loopback interface is down at first. */
function raiseLoopback(): void {
  const request = Buffer.alloc(40);
  request.write('lo');
  request.writeUInt16LE(IFF_UP, 16);
  system.ioctl(system.socket(AF_INET, SOCK_DGRAM, 0), SIOCSIFFLAGS, request);
}

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SIOCSIFFLAGS = 0x8914n;
const IFF_UP = 1;

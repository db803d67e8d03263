import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { SystemCallError } from '../../../kernel/libc.js';
import { prepareRuleset, restrictSelf } from '../../../landlock/enforce.js';
import type { Ruleset } from '../../../landlock/ruleset.js';
import { runningKernel } from './kernel.js';
import { Peers } from './peers.js';
import { type Attempt, arrange } from './perform.js';
import { rulesetOf } from './ruleset.js';
import type { Call, End, Scenario } from './scenario.js';
import { system } from './syscalls.js';

const CLONE_NEWNS = 0x20000;

/** Restricts itself, tries everything, and is gone. */
export function tryInDomain(
  scenarios: readonly Scenario[],
  roots: readonly string[],
  output: number,
): never {
  system.alarm(longestTrial);
  try {
    writeSync(output, JSON.stringify(endsInDomain(scenarios, roots)));
  } catch (error) {
    writeSync(output, JSON.stringify(error instanceof Error ? error.stack : String(error)));
  }
  system._exit(0);
  throw new Error('the child lives on');
}

/** Seconds after which a child is taken to wait for something that never comes. */
const longestTrial = 60;

function endsInDomain(scenarios: readonly Scenario[], roots: readonly string[]): readonly End[] {
  const calls = scenarios.flatMap(({ first = [], before = [], call }) => [
    ...first,
    ...before,
    call,
  ]);
  if (calls.some(([name]) => mounting.has(name))) system.unshare(CLONE_NEWNS);
  const peers = new Peers(dirname(roots[0] ?? '/'));
  for (const [number, { first = [] }] of scenarios.entries()) {
    for (const call of first) arrange(roots[number] ?? '', call, peers)();
  }
  const { abi } = runningKernel();
  const prepared = layersOf(scenarios, roots, abi).map((ruleset) => {
    const { descriptor, omissions } = prepareRuleset(ruleset, abi);
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
function layersOf(
  scenarios: readonly Scenario[],
  roots: readonly string[],
  abi: number,
): readonly Ruleset[] {
  const [first] = scenarios;
  return (first?.layers ?? []).map((_, layer) => {
    const own = scenarios.map(({ layers }, number) =>
      rulesetOf(layers[layer] ?? {}, abi, (path) => `${roots[number]}/${path}`),
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

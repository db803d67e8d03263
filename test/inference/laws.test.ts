import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dearnessOf, type Folding } from '../../inference/folding.js';
import { GuardedPlaces } from '../../inference/guarded.js';
import { infer } from '../../inference/infer.js';
import type { Inference } from '../../inference/inference.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { Run } from '../../inference/run.js';
import {
  accessNames,
  allAccess,
  difference,
  fileAccess,
  fsAccess,
  isSubset,
} from '../../landlock/access-set.js';
import { domainOf, judge } from '../../landlock/domain.js';
import { hierarchiesOf, parentOf } from '../../landlock/hierarchy.js';
import type { FileType } from '../../landlock/operation.js';
import { Random } from '../support/random.js';
import { extentsOn } from './disk.js';
import { expected, weakened } from './expected.js';
import { type RandomProgram, randomProgram } from './random-program.js';

const laws = suite('the laws of inference');
const abi = 7;

/** One to three programs that ran one after the other in one tree. */
interface Example {
  readonly seed: number;
  readonly programs: readonly RandomProgram[];
  readonly runs: readonly Run[];
}

interface FoldedExample extends Example {
  readonly folding: Folding;
}

const inferences = new Map<FoldedExample, Inference>();

/** In the last of these, folding anew undoes what a move had made equal. */
const seeds = [...Array(1500).keys(), 5857, 5945];
const examples: readonly Example[] = seeds.map(exampleOf);

/** The examples, each folded as freely as is next; the last of these folds all that may be. */
const foldings = ['exact', 'balanced', 'broad', 'all'] as const;
const folded: readonly FoldedExample[] = examples.map((example) => ({
  ...example,
  folding: foldingOf(example, foldings[example.seed % foldings.length] ?? 'exact'),
}));

laws('sound: every operation that was seen, or is expected, is allowed', () => {
  forEach(folded, (example) => {
    const { runs } = example;
    const inference = inferredFrom(example);
    for (const operation of expected(runs, inference)) {
      assert.equal(judge(domainOf(abi, rulesetOf(inference)), operation), { allowed: true });
    }
  });
});

laws('irredundant: without any right of any rule, one of them is denied', () => {
  forEach(folded, (example) => {
    const { runs } = example;
    const inference = inferredFrom(example);
    const operations = expected(runs, inference);
    for (const { what, less } of weakened(rulesetOf(inference))) {
      const domain = domainOf(abi, less);
      assert.ok(
        operations.some((operation) => !judge(domain, operation).allowed),
        `nothing needs ${what}`,
      );
    }
  });
});

laws('loadable: every rule lies on what is there, with rights that this can carry', () => {
  for (const of of [1, 2, 3, 5, 7]) {
    forEach(folded, (example) => {
      const { runs, programs, folding } = example;
      const { paths, creations } = of === abi ? inferredFrom(example) : infer(runs, of, folding);
      for (const { path, access, directory } of paths) {
        const created = creations.find((creation) => creation.path === path);
        assert.ok(isSubset(access, allAccess('fs', of)), `rights beyond ABI ${of} on ${path}`);
        assert.ok(directory || isSubset(access, fileAccess), `directory rights on ${path}`);
        for (const when of statesOf(programs)) {
          const type = when.get(path) ?? (created && typeOf(created.kind));
          assert.ok(type, `nothing is at ${path}`);
          assert.is(type === 'directory', directory, `${path} is a ${type}`);
        }
      }
    });
  }
});

laws('order-free: it depends on the set of what was seen alone', () => {
  forEach(folded, (example) => {
    const { runs, seed, folding } = example;
    const random = new Random(seed);
    const turned = shuffled(
      runs.map((run) => ({
        ...run,
        operations: shuffled([...run.operations], random),
        objects: shuffled([...run.objects], random),
      })),
      random,
    );
    assert.equal(infer(turned, abi, folding), inferredFrom(example));
  });
});

laws('deterministic: runs that are told twice ask for nothing else', () => {
  forEach(folded, ({ runs, folding }) => {
    const rules = (of: readonly Run[]) => rulesetOf(infer(of, abi, folding));
    assert.equal(rules([...runs, ...runs.map((run) => ({ ...run }))]), rules([...runs, ...runs]));
    if (runs.length > 1) assert.equal(rules([...runs, ...runs]), rules(runs));
  });
});

laws('guarded: a rule on a guarded place is needed there, flagged and explained', () => {
  forEach(folded, (example) => {
    const { runs } = example;
    const guarded = new GuardedPlaces(runs.map(({ environment }) => environment));
    const { paths, findings } = inferredFrom(example);
    for (const rule of paths) {
      assert.is(rule.guarded, guarded.at(rule.path));
      if (rule.guarded === undefined) continue;
      assert.ok(
        findings.some(({ sentence }) => sentence.startsWith(`${rule.path} is ${rule.guarded}`)),
        `no finding on ${rule.path}`,
      );
      const unavoidable = rule.uses.filter(({ path }) => {
        const child = [...hierarchiesOf(path)].find((part) => parentOf(part) === rule.path);
        return path === rule.path || child === undefined || !canBeCreated(child, runs);
      });
      const avoidable = unavoidable.reduce(
        (left, use) => difference(left, use.access),
        rule.access,
      );
      assert.equal(accessNames('fs', avoidable), [], `avoidable on ${rule.path}`);
    }
  });
});

laws('evident: every right of a rule serves a use that is named, at the rule or beneath', () => {
  forEach(folded, (example) => {
    for (const { path, access, uses } of inferredFrom(example).paths) {
      let served = fsAccess();
      for (const use of uses) {
        assert.ok([...hierarchiesOf(use.path)].includes(path), `${use.path} is not in ${path}`);
        served = (served | use.access) as typeof served;
      }
      assert.is(served, access, path);
    }
  });
});

laws('folding: the fewer rules, the freer it is', () => {
  let fewer = 0;
  forEach(examples, (example) => {
    const counts = foldings.map(
      (name) => infer(example.runs, abi, foldingOf(example, name)).paths.length,
    );
    assert.equal(
      counts,
      [...counts].sort((one, other) => other - one),
    );
    if ((counts.at(-1) ?? 0) < (counts[0] ?? 0)) fewer += 1;
  });
  assert.ok(fewer > examples.length / 4, `only ${fewer} were folded at all`);
});

laws.run();

/** What is inferred of an example, once for all laws. */
function inferredFrom(example: FoldedExample): Inference {
  const known = inferences.get(example);
  if (known !== undefined) return known;
  const inference = infer(example.runs, abi, example.folding);
  inferences.set(example, inference);
  return inference;
}

function foldingOf({ programs }: Example, name: (typeof foldings)[number]): Folding {
  const disk = new Map(programs.at(-1)?.after);
  const dearness = name === 'all' ? 0.001 : dearnessOf[name];
  return { dearness, maxRules: undefined, extents: extentsOn(disk) };
}

function exampleOf(seed: number): Example {
  const random = new Random(seed);
  const programs: RandomProgram[] = [];
  const length = 1 + random.below(seed % 2 === 0 ? 4 : 12);
  for (let left = 1 + random.below(3); left > 0; left--) {
    const last = programs.at(-1);
    programs.push(randomProgram(random, '/w', length, last?.after));
  }
  return { seed, programs, runs: programs.map(({ run }) => run) };
}

/** Runs a law on each example, and tells the smallest that breaks it. */
function forEach<Each extends Example>(all: readonly Each[], law: (example: Each) => void): void {
  let broken = 0;
  let smallest: { example: Each; error: Error } | undefined;
  const size = ({ runs }: Example) => runs.flatMap(({ operations }) => [...operations]).length;
  for (const example of all) {
    try {
      law(example);
    } catch (error) {
      broken += 1;
      if (smallest === undefined || size(example) < size(smallest.example)) {
        smallest = { example, error: error as Error };
      }
    }
  }
  if (smallest === undefined) return;
  const { seed, runs, programs } = smallest.example;
  throw new Error(`${broken} of ${all.length}; seed ${seed}: ${smallest.error.message}
before: ${[...(programs[0]?.before ?? [])].map(([path, type]) => (type === 'directory' ? `${path}/` : path)).join(' ')}
${runs.map(({ operations }) => [...operations].map(({ operation }) => JSON.stringify(operation)).join('\n')).join('\n--\n')}`);
}

/** Whether runs made a file or directory that they would as well have found there. */
function canBeCreated(path: string, runs: readonly Run[]): boolean {
  const states = runs.flatMap(({ objects }) => [...objects].filter((state) => state.path === path));
  const kinds = new Set(states.map(({ after }) => after));
  const insisted = runs.some(({ operations }) =>
    [...operations].some(({ operation }) => {
      if (operation.kind === 'rename') return [operation.from, operation.to].includes(path);
      if (operation.kind === 'link') return operation.to === path;
      if (operation.kind === 'open')
        return operation.path === path && operation.create === 'exclusive';
      if (operation.kind === 'make')
        return operation.path === path && operation.type !== 'directory';
      return operation.kind === 'remove' && operation.path === path;
    }),
  );
  return (
    states.some(({ before }) => before === 'missing') &&
    kinds.size === 1 &&
    (kinds.has('regular') || kinds.has('directory')) &&
    !insisted
  );
}

/** What stood there before the first run and after every one. */
function statesOf(programs: readonly RandomProgram[]): readonly ReadonlyMap<string, FileType>[] {
  return programs.flatMap(({ before, after }) => [before, after]);
}

function typeOf(kind: 'directory' | 'file'): FileType {
  return kind === 'directory' ? 'directory' : 'regular';
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, key: random.fraction() }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

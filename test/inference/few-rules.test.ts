import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foldCurve } from '../../inference/curve.js';
import { fewRules } from '../../inference/few-rules.js';
import { dearnessOf } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import { type Observed, observe } from '../../inference/observe.js';
import { rulesetOf } from '../../inference/ruleset.js';
import { Settler } from '../../inference/settle.js';
import { domainOf, judge } from '../../landlock/domain.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { Random } from '../support/random.js';
import { extentsOn } from './disk.js';
import { weakened } from './expected.js';
import { foreseenOperations } from './foreseen-operations.js';
import { record } from './random-program.js';

const few = suite('rules that are to be few');
const abi = 7;
const dearness = dearnessOf.balanced;

const base = '/usr/lib/x86_64-linux-gnu/perl-base';
const own = '/usr/lib/x86_64-linux-gnu/perl';
const disk = new Map<string, FileType>();
for (const [directory, files] of [
  ['/usr/lib/x86_64-linux-gnu', 3000],
  [base, 20],
  ['/usr/share/perl', 300],
  [own, 30],
  ['/usr/share/zoneinfo', 900],
  ['/srv/data', 40],
  ['/srv/data/inner', 5],
  ['/usr/share/doc', 200],
] as const) {
  for (let at = directory.indexOf('/', 1); at > 0; at = directory.indexOf('/', at + 1)) {
    disk.set(directory.slice(0, at), 'directory');
  }
  disk.set(directory, 'directory');
  for (let file = 0; file < files; file++) disk.set(`${directory}/${file}`, 'regular');
}
const extents = extentsOn(disk);

few(
  'what is foreseen and nothing of it was used is left out first, the widest before others',
  () => {
    const observed = observedOf([reads(`${base}/3`), executes('/usr/bin/dash')]);
    const pathsFor = (maxRules: number) =>
      conclude(observed, { dearness, maxRules, extents }).paths.map(({ path }) => path);
    const all = ['/dev/null', '/usr/bin/dash', own, base, '/usr/share/perl'];
    assert.equal(pathsFor(5), all);
    assert.equal(pathsFor(4), ['/dev/null', '/usr/bin/dash', own, base]);
    assert.equal(pathsFor(3), ['/dev/null', '/usr/bin/dash', base]);
    assert.equal(pathsFor(2), ['/usr/bin/dash', base]);
  },
);

few('what was left out for it is told', () => {
  const observed = observedOf([reads(`${base}/3`), executes('/usr/bin/dash')]);
  const told = (maxRules: number) =>
    conclude(observed, { dearness, maxRules, extents }).findings.map(({ sentence }) => sentence);
  assert.equal(told(5), []);
  assert.equal(told(2), [
    'for no more than 2 rules, what no run used and the next one may is left out: /dev/null, /usr/lib/x86_64-linux-gnu/perl, /usr/share/perl',
  ]);
});

few('with exact nothing is foreseen, however few they are to be', () => {
  const observed = observedOf([0, 1, 2].map((file) => reads(`/usr/share/zoneinfo/${file}`)));
  const folding = { dearness: dearnessOf.exact, maxRules: 1, extents };
  const { paths } = conclude(observed, folding);
  assert.equal(
    paths.map(({ uses }) => uses.some(({ why }) => why === 'foreseen')),
    [false],
  );
});

few('the laws hold, and folding on opens no more than what is needed alone would', () => {
  let dropped = 0;
  let folded = 0;
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const operations = Array.from({ length: 1 + random.below(12) }, () => randomUse(random));
    const observed = observedOf(operations);
    const foreseen = foreseenOperations(observed, extents);
    const usual = new Settler(observed, extents).at(dearness);
    for (let maxRules = 1; maxRules <= usual.grants.length; maxRules++) {
      const why = `seed ${seed}, ${maxRules} rules`;
      const ruleset = rulesetOf(conclude(observed, { dearness, maxRules, extents }));
      for (const operation of operations) {
        assert.equal(judge(domainOf(abi, ruleset), operation), { allowed: true }, why);
      }
      for (const { what, less } of weakened(ruleset)) {
        const domain = domainOf(abi, less);
        const isNeeded = [...operations, ...foreseen].some((one) => !judge(domain, one).allowed);
        assert.ok(isNeeded, `${why}: nothing needs ${what}`);
      }
      const { grants, widening, leftOut } = fewRules(observed, extents, dearness, maxRules);
      const needed = neededAlone(observed, maxRules);
      if (needed.grants.length <= maxRules) {
        assert.ok(grants.length <= maxRules, `${why}: there are ${grants.length}`);
        const most = Math.max(usual.widening, needed.widening);
        assert.ok(widening <= most + 1e-6, `${why}: ${widening} and not ${most}`);
      }
      if (leftOut.length > 0) dropped += 1;
      if (widening > usual.widening) folded += 1;
    }
  }
  assert.ok(dropped > 100 && folded > 100, `${dropped} left something out, ${folded} folded on`);
});

few.run();

/** What folding makes of what is needed, where nothing is foreseen. */
function neededAlone(observed: Observed, maxRules: number) {
  const settler = new Settler(observed, extents, []);
  const settled = settler.at(dearness);
  if (settled.grants.length <= maxRules) return settled;
  const curve = foldCurve((other) => settler.at(other));
  const point = curve.find(({ rules }) => rules <= maxRules) ?? curve.at(-1);
  return settler.at(Math.min(point?.dearness ?? dearness, dearness));
}

function observedOf(operations: readonly Operation[]): Observed {
  const records = operations.map((one) => record(one));
  return observe([{ operations: records, objects: [], environment: {} }], abi);
}

function randomUse(random: Random): Operation {
  if (random.below(8) === 0) return executes('/usr/bin/bash');
  const directories = [...disk].filter(([, type]) => type === 'directory').map(([path]) => path);
  const files = random.pick(directories.slice(4));
  const path = `${files}/${random.below(6)}`;
  return disk.get(path) === 'regular' ? reads(path) : reads('/dev/null');
}

function reads(path: string): Operation {
  const type = path.startsWith('/dev/') ? 'char-device' : 'regular';
  return { kind: 'open', path, type, read: true, write: false, truncate: false, create: 'no' };
}

function executes(program: string): Operation {
  return { kind: 'execute', program, interpreters: [] };
}

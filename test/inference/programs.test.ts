import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { infer } from '../../inference/infer.js';
import { ofProgram, ofProgramAndItsOwn, programsOf } from '../../inference/programs.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { Run } from '../../inference/run.js';
import { domainOf, judge } from '../../landlock/domain.js';
import type { Operation } from '../../landlock/operation.js';
import { Random } from '../support/random.js';

const programs = suite('programs');

const loader = '/lib/ld.so';
const run = runOf(
  ['/bin/sh', starting('/bin/make')],
  ['/bin/make', starting('/bin/cc')],
  ['/bin/make', starting('/srv/script', '/bin/sh')],
  ['/bin/make', reading('/srv/Makefile')],
  ['/bin/cc', reading('/srv/a.c')],
  ['/bin/sh', reading('/etc/secret')],
);

programs('each is told with the programs that it starts, of scripts their interpreters', () => {
  assert.equal(programsOf([run]), [
    { executable: '/bin/cc', starts: [] },
    { executable: '/bin/make', starts: ['/bin/cc', '/bin/sh'] },
    { executable: '/bin/sh', starts: ['/bin/make'] },
  ]);
});

programs('what one did itself goes with what it takes to start it', () => {
  assert.equal(pathsOf(ofProgram([run], '/bin/cc')), ['/bin/cc', loader, '/srv/a.c']);
});

programs('a program comes with all that it leads to, also round in a circle', () => {
  assert.equal(pathsOf(ofProgramAndItsOwn([run], '/bin/cc')), ['/bin/cc', loader, '/srv/a.c']);
  assert.ok(pathsOf(ofProgramAndItsOwn([run], '/bin/make')).includes('/etc/secret'));
});

programs(
  'law: the profile of a program allows it and all it leads to, and no more than the whole',
  () => {
    const random = new Random(1);
    const names = ['/bin/a', '/bin/b', '/bin/c', '/bin/d'];
    for (let round = 0; round < 300; round++) {
      const of = Array.from({ length: 1 + random.below(12) }, (): [string, Operation] => [
        random.pick(names),
        random.chance(0.4)
          ? starting(random.pick(names))
          : reading(`/srv/${random.pick(['x', 'y', 'z', 'd/x'])}`),
      ]);
      const all = runOf(...of);
      const [first] = random.pick(of);
      const parted = ofProgramAndItsOwn([all], first);
      const domain = domainOf(7, rulesetOf(infer(parted, 7)));
      const reached = closure(of, first);
      for (const { executable, operation } of all.operations) {
        if (reached.has(executable)) assert.ok(judge(domain, operation).allowed, executable);
      }
      const kept = new Set(parted.flatMap(({ operations }) => [...operations]));
      const whole = new Set(all.operations);
      assert.ok([...kept].every((record) => whole.has(record)));
      for (const { executable, operation } of kept) {
        const starts = operation.kind === 'execute' && operation.program === first;
        assert.ok(reached.has(executable) || starts);
      }
    }
  },
);

programs('what a program looked for and did not find is offered to that one alone', () => {
  const run = runOf(['/bin/one', reading('/srv/a')], ['/bin/two', reading('/srv/b')]);
  const lookups = [
    ...runOf(['/bin/one', reading('/srv/.one')], ['/bin/two', reading('/srv/.two')]).operations,
  ];
  const offersTo = (executable: string) =>
    infer(ofProgram([{ ...run, lookups }], executable), 7).offers?.map(({ path }) => path);
  assert.equal(offersTo('/bin/one'), ['/srv/.one']);
  assert.equal(offersTo('/bin/two'), ['/srv/.two']);
});

programs.run();

/** The slow way: step by step until nothing is added. */
function closure(of: readonly (readonly [string, Operation])[], first: string): Set<string> {
  const ran = new Set(of.map(([executable]) => executable));
  const reached = new Set([first]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const [executable, operation] of of) {
      if (!reached.has(executable) || operation.kind !== 'execute') continue;
      if (ran.has(operation.program)) reached.add(operation.program);
    }
  }
  return reached;
}

function pathsOf(runs: readonly Run[]): readonly string[] {
  return infer(runs, 7).paths.map(({ path }) => path);
}

function starting(program: string, ...interpreters: readonly string[]): Operation {
  return { kind: 'execute', program, interpreters: [...interpreters, loader] };
}

function reading(path: string): Operation {
  const nothing = { write: false, truncate: false, create: 'no' } as const;
  return { kind: 'open', path, type: 'regular', read: true, ...nothing };
}

function runOf(...of: readonly (readonly [string, Operation])[]): Run {
  return {
    operations: of.map(([executable, operation]) => {
      return { operation, executable, call: 'call', result: 'ok', count: 1 };
    }),
    objects: [],
    environment: {},
  };
}

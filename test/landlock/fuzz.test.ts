import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Random } from '../support/random.js';
import { testWhere } from '../support/requirements.js';
import { asTest } from './fuzz/as-test.js';
import { randomCases } from './fuzz/random-case.js';
import { inLaboratory } from './laboratory/ask.js';
import { runningKernel } from './laboratory/kernel.js';
import { lacksLaboratory } from './laboratory/lack.js';

const fuzzing = suite('fuzzing the model');
const lack = lacksLaboratory();

testWhere(
  fuzzing,
  lack,
  'finds two thousand cases in which the kernel and the model agree, and every broken model out',
  () => {
    // What a broken model has wrong about rights that the kernel does not know, nothing tells.
    const mutants = runningKernel().abi < 7 ? [] : ['--mutants'];
    const words = ['--seed', '1', '--cases', '2000', ...mutants];
    const said = inLaboratory('../fuzz/main.ts', words);
    assert.match(said, /^2000 cases in \d+ domains, seed 1: 0 disagreements/m);
    assert.not.match(said, /not found out/);
  },
);

testWhere(
  fuzzing,
  lack,
  'shrinks what a broken model says wrongly to a case that can be read',
  () => {
    const words = ['--seed', '1', '--cases', '2000', '--mutant', 'gaining rights is allowed'];
    assert.throws(
      () => inLaboratory('../fuzz/main.ts', words),
      ({ message }: Error) => {
        const [, layers = ''] = /^ {2}layers: (.*),$/m.exec(message) ?? [];
        return (
          /^\/\/ The model says ok\.$/m.test(message) &&
          /^ {2}end: 'EXDEV',$/m.test(message) &&
          // The source lacks what the destination grants: nothing more is needed to tell of it.
          layers.length > 0 &&
          layers.length < 200
        );
      },
    );
  },
);

fuzzing('asks the same of the same seed', () => {
  const casesOf = (seed: number) => JSON.stringify(randomCases(new Random(seed), 20, 7));
  assert.is(casesOf(7), casesOf(7));
  assert.is.not(casesOf(7), casesOf(8));
});

fuzzing('prints a case as it is written in a table', () => {
  const layers = [
    { fs: 'all', net: 'none', scoped: 'none', ports: {}, rules: { 'a/f': 'execute' } },
  ];
  const scenario = { tree: 'a/f', layers, call: ['open', 'a/f', 'O_RDONLY'] } as const;
  assert.is(
    asTest({ scenario, kernel: 'EACCES', model: 'ok' }),
    [
      '// The model says ok.',
      '{',
      "  title: '…',",
      "  tree: 'a/f',",
      "  layers: [{ rules: { 'a/f': 'execute' } }],",
      "  call: ['open', 'a/f', 'O_RDONLY'],",
      "  end: 'EACCES',",
      '},',
    ].join('\n'),
  );
});

fuzzing.run();

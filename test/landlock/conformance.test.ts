import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { domainOf } from '../../landlock/domain.js';
import { emptyRuleset } from '../../landlock/ruleset.js';
import { equalsGolden } from '../support/golden.js';
import { testWhere } from '../support/requirements.js';
import { chapters } from './conformance/chapters.js';
import { askLaboratory } from './laboratory/ask.js';
import { otherKernels, runningKernel, statedKernel } from './laboratory/kernel.js';
import { lacksLaboratory } from './laboratory/lack.js';
import { predict } from './laboratory/predict.js';
import { isEnforceable } from './laboratory/ruleset.js';

const conformance = suite('conformance');

for (const { heading, cases } of chapters) {
  conformance(`${heading}: the model says what each case states`, () => {
    assert.equal(
      cases.map((one) => `${one.title}: ${predict(one, statedKernel)}`),
      cases.map(({ title, end }) => `${title}: ${end}`),
    );
  });
}

conformance('the model says what other kernels did', () => {
  const cases = chapters.flatMap(({ cases: of }) => of);
  const told = otherKernels.map((kernel) => {
    const asked = cases.filter(({ layers }) => isEnforceable(layers, kernel.abi));
    const others = asked.map((one) => ({ ...one, now: predict(one, kernel) }));
    return [
      `Linux ${kernel.release}: ABI ${kernel.abi}, errata ${kernel.errata}, ${asked.length} cases`,
      ...others
        .filter(({ end, now }) => end !== now)
        .map(({ title, end, now }) => `  ${title}: ${now}, not ${end}`),
    ].join('\n');
  });
  equalsGolden(`${told.join('\n\n')}\n`, 'other-kernels.txt');
});

testWhere(
  conformance,
  lacksLaboratory(),
  'the kernel does what the cases state of its kind',
  () => {
    const kernel = runningKernel();
    const cases = chapters.flatMap(({ heading, cases: of }) =>
      of
        .filter(({ layers }) => isEnforceable(layers, kernel.abi))
        .map((one) => ({ ...one, title: `${heading}: ${one.title}`, end: predict(one, kernel) })),
    );
    const ends = askLaboratory(cases);
    assert.equal(
      cases.map(({ title }, number) => `${title}: ${ends[number]}`),
      cases.map(({ title, end }) => `${title}: ${end}`),
    );
  },
);

conformance('no two cases are alike, by their titles or by what they ask', () => {
  const cases = chapters.flatMap(({ cases: of }) => of);
  const questions = cases.map(({ title: _, end: __, ...scenario }) => JSON.stringify(scenario));
  assert.is(new Set(questions).size, questions.length);
  for (const { heading, cases: of } of chapters) {
    assert.is(new Set(of.map(({ title }) => title)).size, of.length, heading);
  }
  assert.ok(cases.length >= 250, `there are ${cases.length} cases`);
});

conformance('the documentation counts the cases as they are', () => {
  const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');
  const rows = [...chapters, { heading: 'all', cases: chapters.flatMap(({ cases }) => cases) }];
  for (const { heading, cases } of rows) {
    const denied = cases.filter(({ end }) => ['EACCES', 'EXDEV', 'EPERM'].includes(end));
    const row = `| ${heading} | ${cases.length} | ${denied.length} |`;
    assert.ok(page.includes(`\n${row}\n`), `docs/conformance.md should say "${row}"`);
  }
});

conformance('more layers than the kernel takes are refused by the model as well', () => {
  const layers = Array.from({ length: 17 }, () => emptyRuleset(statedKernel.abi));
  assert.throws(() => domainOf(statedKernel.abi, ...layers), /at most 16 layers/);
});

conformance.run();

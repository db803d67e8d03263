import { extentRequest } from '../../inference/extent-request.js';
import { dearnessOf, type FoldName } from '../../inference/folding.js';
import { conclude } from '../../inference/infer.js';
import { observe } from '../../inference/observe.js';
import { rulesetOf } from '../../inference/ruleset.js';
import type { Run } from '../../inference/run.js';
import { domainOf, judge } from '../../landlock/domain.js';
import { measureExtents } from '../../tracer/measure-extents.js';
import { expected, weakened } from '../inference/expected.js';
import { foreseenOperations } from '../inference/foreseen-operations.js';

/** The laws that inference breaks for a run as it was recorded, in sentences: none. */
export function brokenLaws(run: Run, abi: number, fold: FoldName): readonly string[] {
  const observed = observe([run], abi);
  const dearness = dearnessOf[fold];
  const patience = { objects: 40_000, milliseconds: 60_000, forMet: 0 };
  const extents = measureExtents(extentRequest(observed, dearness), patience);
  const inference = conclude(observed, { dearness, maxRules: undefined, extents });
  const ruleset = rulesetOf(inference);
  const foreseen = fold === 'exact' ? [] : foreseenOperations(observed, extents);
  const operations = [...expected([run], inference), ...foreseen];
  const domain = domainOf(abi, ruleset);
  const denied = operations.filter((operation) => !judge(domain, operation).allowed);
  return [
    ...denied.map((operation) => `unsound: ${JSON.stringify(operation)} is denied`),
    ...[...weakened(ruleset)].flatMap(({ what, less }) => {
      const weaker = domainOf(abi, less);
      const isNeeded = operations.some((operation) => !judge(weaker, operation).allowed);
      return isNeeded ? [] : [`redundant: nothing needs ${what}`];
    }),
  ];
}

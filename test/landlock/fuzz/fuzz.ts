import { Random } from '../../support/random.js';
import { runningKernel } from '../laboratory/kernel.js';
import type { Laboratory } from '../laboratory/laboratory.js';
import { type Judge, predict } from '../laboratory/predict.js';
import type { End, Scenario } from '../laboratory/scenario.js';
import { randomCases } from './random-case.js';

/** Where the model and the kernel say different things. */
export interface Disagreement {
  readonly scenario: Scenario;
  readonly kernel: End;
  readonly model: End;
}

/** What a run of the fuzz came to. */
export interface Tally {
  readonly disagreements: readonly Disagreement[];
  /** How often each call ended how, by the kernel. */
  readonly ends: ReadonlyMap<string, ReadonlyMap<End, number>>;
  readonly domains: number;
  /** Of the mutants that were asked the same, those that never gave a wrong answer. */
  readonly undetected: readonly string[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  /** The model, or a broken one. */
  readonly judged?: Judge | undefined;
  /** Broken models that are asked as well, until their first wrong answer. */
  readonly mutants?: Readonly<Record<string, Judge>>;
  /** Stops after so many disagreements. */
  readonly most?: number;
  /** Called with each disagreement as it is found: a long run need not end to be of use. */
  readonly onDisagreement?: (found: Disagreement) => void;
}

/** How many cases share a domain, and so what its layers handle. */
const casesOfDomain = 8;

/** Asks the kernel and the model the same, as many times; the same seed asks the same. */
export function fuzz(laboratory: Laboratory, options: FuzzOptions): Tally {
  const { seed, cases, judged, mutants = {}, most = Number.POSITIVE_INFINITY } = options;
  const random = new Random(seed);
  const disagreements: Disagreement[] = [];
  const ends = new Map<string, Map<End, number>>();
  const undetected = new Map(Object.entries(mutants));
  const on = runningKernel();
  let domains = 0;
  for (let left = cases; left > 0 && disagreements.length < most; ) {
    const scenarios = randomCases(random, Math.min(casesOfDomain, left), on.abi);
    left -= scenarios.length;
    domains++;
    const answers = laboratory.endsOf(scenarios);
    for (const [number, scenario] of scenarios.entries()) {
      const kernel = answers[number] ?? 'nothing';
      const model = predict(scenario, on, judged);
      count(ends, scenario.call[0], kernel);
      if (kernel !== model) {
        disagreements.push({ scenario, kernel, model });
        options.onDisagreement?.({ scenario, kernel, model });
      }
      for (const [name, mutant] of undetected) {
        if (predict(scenario, on, mutant) !== kernel) undetected.delete(name);
      }
    }
  }
  return { disagreements, ends, domains, undetected: [...undetected.keys()] };
}

function count(ends: Map<string, Map<End, number>>, call: string, end: End): void {
  const of = ends.get(call) ?? new Map<End, number>();
  of.set(end, (of.get(end) ?? 0) + 1);
  ends.set(call, of);
}

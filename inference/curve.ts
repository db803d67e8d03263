import { rulePrice } from './prices.js';
import type { Settled } from './settle.js';

/** One way to fold: so many rules, for so much widening. */
export interface CurvePoint {
  /** What widening costs where this is the cheapest way. */
  readonly dearness: number;
  readonly rules: number;
  readonly widening: number;
}

/**
 * All the ways to fold that are the cheapest at some price, from the one that widens nothing to the
 * one with the fewest rules. Between two of them there may be others with a number of rules in
 * between; they open more for a rule spared than a step on the curve does.
 *
 * @param settledAt - the rules where widening costs so much.
 */
export function foldCurve(settledAt: (dearness: number) => Settled): readonly CurvePoint[] {
  const pointAt = (dearness: number): CurvePoint => {
    const { grants, widening } = settledAt(dearness);
    return { dearness, rules: grants.length, widening };
  };
  const exact = pointAt(Number.POSITIVE_INFINITY);
  const broadest = pointAt(cheapest);
  if (broadest.rules >= exact.rules) return [exact];
  return [exact, ...between(exact, broadest, pointAt, mostSteps), broadest];
}

/** So little that a rule is always dearer. */
const cheapest = 1e-9;

/** A slider with more steps than 2 to the power of this is of no use to anybody. */
const mostSteps = 6;

/** Of two ways, the price where they cost the same tells whether there is a third that costs less. */
function between(
  one: CurvePoint,
  other: CurvePoint,
  pointAt: (dearness: number) => CurvePoint,
  steps: number,
): readonly CurvePoint[] {
  const dearness = ((one.rules - other.rules) * rulePrice) / (other.widening - one.widening);
  if (steps === 0 || !(dearness > 0) || !Number.isFinite(dearness)) return [];
  const middle = pointAt(dearness);
  const isNew = middle.rules < one.rules && middle.rules > other.rules;
  if (!isNew) return [];
  return [
    ...between(one, middle, pointAt, steps - 1),
    middle,
    ...between(middle, other, pointAt, steps - 1),
  ];
}

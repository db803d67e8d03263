import type { Extents } from '../tracer/extent.js';
import { type CurvePoint, foldCurve } from './curve.js';
import type { Inference } from './inference.js';
import type { Observed } from './observe.js';
import { Settler } from './settle.js';

/** All ways to fold that are the cheapest at some price of widening, to move along. */
export interface FoldSlider {
  /** From the one that widens nothing to the one with the fewest rules; never empty. */
  readonly points: readonly CurvePoint[];
  readonly at: (dearness: number) => Inference;
}

/**
 * @param extents - what was counted on the disk: nothing is folded onto what was not.
 * @param inferAt - the whole inference where widening costs so much.
 */
export function foldSlider(
  observed: Observed,
  extents: Extents,
  inferAt: (dearness: number) => Inference,
): FoldSlider {
  const settler = new Settler(observed, extents);
  const known = new Map<number, Inference>();
  return {
    points: foldCurve((dearness) => settler.at(dearness)),
    at(dearness) {
      const inference = known.get(dearness) ?? inferAt(dearness);
      known.set(dearness, inference);
      return inference;
    },
  };
}

/** The point of a slider that is the cheapest where widening costs so much. */
export function pointFor({ points }: FoldSlider, dearness: number): number {
  const after = points.findIndex((point) => point.dearness < dearness);
  return after < 0 ? points.length - 1 : Math.max(0, after - 1);
}

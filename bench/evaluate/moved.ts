import type { Inference } from '../../inference/inference.js';
import { isBeneath } from '../../landlock/hierarchy.js';

/**
 * The same rules for another working directory and home, as if the profile named them by variables.
 *
 * @param from - the directory of both where the training was; `to` is that of the test.
 */
export function moved(inference: Inference, from: string, to: string): Inference {
  const move = <Placed extends { readonly path: string }>(placed: Placed): Placed =>
    isBeneath(placed.path, from)
      ? { ...placed, path: to + placed.path.slice(from.length) }
      : placed;
  return {
    ...inference,
    paths: inference.paths.map(move),
    creations: inference.creations.map(move),
    families: [],
  };
}

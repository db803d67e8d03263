import type { FamilyRules, Inference } from './inference.js';

/** The families of the rules that an inference has: some may have been denied since. */
export function remainingFamilies({ paths, families = [] }: Inference): readonly FamilyRules[] {
  const remaining = new Set(paths.map(({ path }) => path));
  return families
    .map((family) => ({ ...family, paths: family.paths.filter((path) => remaining.has(path)) }))
    .filter((family) => family.paths.length > 0);
}

import type { Wishes } from '../inference/infer-selected.js';
import {
  GlobError,
  type PathGlob,
  pathGlob,
  type Surroundings,
  type WrittenGlob,
} from '../inference/path-glob.js';
import { UsageError } from './errors.js';
import type { WrittenWishes } from './wish-names.js';

/**
 * What the wishes mean where programs ran so: `~` is the home of who ran them.
 *
 * @throws UsageError for a glob that means nothing there.
 */
export function wishesFor(written: WrittenWishes, runs: readonly Surroundings[]): Wishes {
  return {
    neverFold: meant(written['never-fold'], runs),
    exclude: meant(written.exclude, runs),
    include: meant(written.include, runs),
    missing: meant(written.missing, runs),
  };
}

function meant(
  written: readonly WrittenGlob[],
  runs: readonly Surroundings[],
): readonly PathGlob[] {
  const globs = new Map<string, PathGlob>();
  for (const { environment, directory } of runs) {
    for (const glob of written) {
      const found = orUsageError(() => pathGlob(glob, { environment, directory }));
      globs.set(JSON.stringify([found.from, found.pattern]), found);
    }
  }
  return [...globs.values()];
}

function orUsageError<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof GlobError) throw new UsageError(error.message);
    throw error;
  }
}

import { anticipated, isInVain } from '../../inference/anticipate.js';
import { Census } from '../../inference/census.js';
import type { Inference } from '../../inference/inference.js';
import type { Run } from '../../inference/run.js';
import { accessNames, difference, fsAccess } from '../../landlock/access-set.js';
import type { Operation } from '../../landlock/operation.js';
import type { Ruleset } from '../../landlock/ruleset.js';

/** What was seen and what is anticipated, where the creations stand already. */
export function expected(runs: readonly Run[], { creations }: Inference): readonly Operation[] {
  const census = new Census(runs.map(({ objects }) => objects));
  const records = runs.flatMap(({ operations }) => [...operations]);
  const created = new Set(creations.map(({ path }) => path));
  const seen = records.filter((record) => !isInVain(record));
  const next = records.flatMap((record) => anticipated(record, census) ?? []);
  return [...seen, ...next].flatMap(({ operation }) => {
    if (operation.kind === 'make' && created.has(operation.path)) return [];
    if (operation.kind === 'open' && operation.create === 'new' && created.has(operation.path)) {
      return [{ ...operation, create: 'existing' }];
    }
    return [operation];
  });
}

/** The ruleset without each of the rights of its rules. */
export function* weakened(ruleset: Ruleset): Generator<{ what: string; less: Ruleset }> {
  for (const [at, { path, access }] of ruleset.paths.entries()) {
    for (const right of accessNames('fs', access)) {
      const rule = { path, access: difference(access, fsAccess(right)) };
      yield {
        what: `${right} on ${path}`,
        less: { ...ruleset, paths: ruleset.paths.with(at, rule) },
      };
    }
  }
}

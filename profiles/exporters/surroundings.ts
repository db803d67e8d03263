import type { Profile } from '../profile.js';
import type { Loss } from './loss.js';

/** What an export says of the variables that are put in as the surroundings have them. */
export interface SurroundingsPutIn {
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

/** What of an export is for whoever exports, where and when: others have other homes. */
export function surroundingsPutIn({ variables }: Profile): SurroundingsPutIn {
  const ambient = variables.filter((variable) => variable.ambient !== undefined);
  const values = ambient.flatMap(({ name, values: [value] }) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return {
    losses: ambient.flatMap(({ name, ambient: { unfit } = {} }) =>
      unfit === undefined ? [] : [{ kind: 'unplaced', name, why: unfit } as const],
    ),
    notes:
      values.length === 0
        ? []
        : [`it is for ${values.join(', ')}: export it anew where these are others`],
  };
}

import type { AmbientVariables } from '../tracer/ambient-names.js';
import type { OptionTable, ParsedWords } from './options.js';
import { switchOption } from './values.js';

/** The option by which paths are written as they are. */
export const ambientOptions: OptionTable = { literal: { type: 'boolean' } };

/** What paths are to be spelled by: what these variables stood for, unless `--literal` is said. */
export function variablesWanted(
  parsed: ParsedWords,
  variables: AmbientVariables = {},
): AmbientVariables {
  return switchOption(parsed, 'literal') ? {} : variables;
}

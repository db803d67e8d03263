import type { Call } from './event.js';
import type { Value } from './value.js';

/** The field of that name, if the value is a struct that has one. */
export function field(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind !== 'struct') return undefined;
  return value.fields.find((each) => each.name === name)?.value;
}

/** The argument at a position, or of a name (`flags` of `clone(flags=...)`), without that name. */
export function argument(call: Call, which: number | string): Value | undefined {
  const found =
    typeof which === 'number'
      ? call.args[which]
      : call.args.find((arg) => arg.kind === 'named' && arg.name === which);
  return found?.kind === 'named' ? found.value : found;
}

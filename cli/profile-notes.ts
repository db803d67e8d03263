import { linuxOfAbi, newestAbi } from '../landlock/abi.js';
import { landlockSupport } from '../landlock/support.js';
import type { PlacedPath, PlacedProfile } from '../profiles/placed.js';
import type { Variable } from '../profiles/profile.js';

/**
 * What of a profile would not come to bear here, in sentences: variables that stand for nothing,
 * and what its ABI has that the kernel or we do not know.
 */
export function profileNotes({ file, abi, newerAbi, variables }: PlacedProfile): readonly string[] {
  const unfit = unfitVariables(variables);
  if (newerAbi !== undefined) return [newerThanWe(file, newerAbi), ...unfit];
  const support = landlockSupport();
  if (!support.available || support.abi >= abi) return unfit;
  return [
    ...unfit,
    `${file} is for Landlock ABI ${abi} (Linux ${linuxOfAbi(abi)}), and this kernel has ABI ${support.abi}: what it does not know stays unrestricted here`,
  ];
}

/** The variables that stand for nothing here, so that the rules with them are left out. */
export function unfitVariables(variables: readonly Variable[]): readonly string[] {
  return variables.flatMap(({ name, ambient }) =>
    ambient?.unfit === undefined
      ? []
      : [`\${${name}} ${ambient.unfit}: the rules with it are left out`],
  );
}

/** A profile for an ABI that came after this version of ours. */
export function newerThanWe(file: string, abi: number): string {
  return `${file} is for Landlock ABI ${abi}, and this ll-learn knows up to ABI ${newestAbi}: it is taken for that`;
}

/** The rules that enforcing leaves out since nothing is where they would lie, in a sentence. */
export function missingPaths({ file, paths }: PlacedProfile): readonly string[] {
  const missing = paths.filter(({ identity }) => identity === undefined);
  if (missing.length === 0) return [];
  const named = missing.slice(0, mostNamed).map((rule) => `${rule.named}${at(rule)}`);
  const more = missing.length - named.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  const which = missing.length === 1 ? '1 rule is' : `${missing.length} rules are`;
  return [`${file}: ${which} left out, whose path does not exist here: ${named.join(', ')}${rest}`];
}

const mostNamed = 3;

function at({ source }: PlacedPath): string {
  return source === undefined ? '' : ` (line ${source.line})`;
}

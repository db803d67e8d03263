import { linuxOfAbi, newestAbi } from '../landlock/abi.js';
import { landlockSupport } from '../landlock/support.js';
import type { PlacedProfile } from '../profiles/placed.js';

/**
 * What of a profile would not come to bear on this machine, in sentences: what its ABI has that
 * the kernel or we do not know.
 */
export function profileNotes({ file, abi, newerAbi }: PlacedProfile): readonly string[] {
  if (newerAbi !== undefined) return [newerThanWe(file, newerAbi)];
  const support = landlockSupport();
  if (!support.available || support.abi >= abi) return [];
  return [
    `${file} is for Landlock ABI ${abi} (Linux ${linuxOfAbi(abi)}), and this kernel has ABI ${support.abi}: what it does not know stays unrestricted here`,
  ];
}

/** A profile for an ABI that came after this version of ours. */
export function newerThanWe(file: string, abi: number): string {
  return `${file} is for Landlock ABI ${abi}, and this ll-learn knows up to ABI ${newestAbi}: it is taken for that`;
}

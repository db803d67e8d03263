import type { FsRight } from './abi.js';
import { allAccess, fileAccess, fsAccess } from './access-set.js';
import { parentOf } from './hierarchy.js';
import type { FileType, Operation } from './operation.js';
import {
  makeRight,
  onDirectory,
  type Requirement,
  removeRight,
  renamingMakesWhiteout,
} from './requirement.js';

/** Within one directory a rename makes and removes; REFER is asked only where it crosses. */
export function renameRequirements(
  operation: Operation & { kind: 'rename' },
  abi: number,
  errata: number | undefined,
): Requirement[] {
  const { from, to, type, replaced, exchange, whiteout } = operation;
  const source: FsRight[] = [removeRight(type)];
  const destination: FsRight[] = [makeRight(type)];
  if (replaced !== null) destination.push(removeRight(replaced));
  if (exchange && replaced !== null) source.push(makeRight(replaced));
  if (whiteout && renamingMakesWhiteout(abi, errata)) source.push('make_reg');
  const requirements = twoDirectories({ from, to, source, destination, type }, abi);
  if (exchange && replaced !== null && parentOf(from) !== parentOf(to)) {
    requirements.push(noGain(to, from, replaced));
  }
  return requirements;
}

export function linkRequirements(
  operation: Operation & { kind: 'link' },
  abi: number,
): Requirement[] {
  const { from, to, type } = operation;
  return twoDirectories({ from, to, source: [], destination: [makeRight(type)], type }, abi);
}

interface TwoDirectories {
  readonly from: string;
  readonly to: string;
  readonly source: readonly FsRight[];
  readonly destination: readonly FsRight[];
  readonly type: FileType;
}

function twoDirectories(
  { from, to, source, destination, type }: TwoDirectories,
  abi: number,
): Requirement[] {
  if (parentOf(from) === parentOf(to)) {
    return [onDirectory(parentOf(to), fsAccess(...source, ...destination))];
  }
  // The first ABI refuses a crossing before it looks at any right.
  if (abi === 1) return [from, to].map((path) => onDirectory(parentOf(path), fsAccess('refer')));
  return [
    onDirectory(parentOf(from), fsAccess(...source, 'refer')),
    onDirectory(parentOf(to), fsAccess(...destination, 'refer')),
    noGain(from, to, type),
  ];
}

function noGain(from: string, to: string, type: FileType): Requirement {
  // Of something that is no directory, only the rights that a file can carry are compared.
  const among = type === 'directory' ? allAccess('fs', Number.POSITIVE_INFINITY) : fileAccess;
  return { kind: 'no-gain', from, to, among };
}

import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathForNode } from '../../kernel/path-bytes.js';
import { linuxOfAbi } from '../../landlock/abi.js';
import { countBeneath, type Population } from '../count-beneath.js';
import type { Profile } from '../profile.js';
import { resolveProfile } from '../resolve.js';
import type { ExportRequest, ObjectType } from './exporter.js';
import { knownOf } from './known.js';
import type { Loss } from './loss.js';
import type { SeenOperation } from './survey.js';
import { profileWithin } from './within.js';

export interface ExportWishes {
  /** The version of the ABI to write for; the profile's own by default. */
  readonly abi?: number | undefined;
  /** What is to be run; by default what was learned, where that was one command. */
  readonly command: readonly string[];
  /** What was seen of the program, where traces were kept. */
  readonly seen?: readonly SeenOperation[] | undefined;
}

/** A request for a profile as it lies on this disk, and what the wishes alone lose. */
export function exportRequest(
  profile: Profile,
  file: string,
  { abi = profile.abi, command, seen }: ExportWishes,
): { readonly request: ExportRequest; readonly losses: readonly Loss[] } {
  const limit = `ABI ${abi} (Linux ${linuxOfAbi(abi)}) does not know that`;
  const narrowed = profileWithin(profile, knownOf(abi), limit);
  const learned = profile.learned?.commands ?? [];
  return {
    request: {
      name: basename(file).replace(/(?:\.landlock)?\.toml$/, ''),
      file: resolve(file),
      profile: { ...narrowed.profile, abi: Math.min(abi, profile.abi) },
      command: command.length > 0 ? command : learned.length === 1 ? (learned[0] ?? []) : [],
      typeOf: typesOnDisk(profile, file),
      seen,
      populationOf: populationsOnDisk(),
    },
    losses: narrowed.losses,
  };
}

/** What rules would lie on; what the profile makes beforehand counts as being there. */
function typesOnDisk(profile: Profile, file: string): ExportRequest['typeOf'] {
  const { creations } = resolveProfile(profile, file);
  return (path) => {
    const type = typeOnDisk(path);
    if (type !== 'missing') return type;
    const kind = creations.find((creation) => creation.path === path)?.kind;
    return kind === undefined ? 'missing' : kind === 'directory' ? 'directory' : 'other';
  };
}

function typeOnDisk(path: string): ObjectType {
  try {
    return statSync(pathForNode(path)).isDirectory() ? 'directory' : 'other';
  } catch {
    return 'missing'; // Or closed to us: it may be anything.
  }
}

/** So long is counted at most, in milliseconds; where that was not enough, the report says so. */
const longestInAll = 10_000;
const longestForOne = 2_000;

function populationsOnDisk(): ExportRequest['populationOf'] {
  let end: number | undefined;
  return (path): Population | undefined => {
    const now = performance.now();
    end ??= now + longestInAll;
    switch (typeOnDisk(path)) {
      case 'directory':
        return countBeneath(path, Math.min(end, now + longestForOne));
      case 'other':
        return { files: 1, directories: 0, complete: true };
      case 'missing':
        return undefined;
    }
  };
}

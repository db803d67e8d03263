import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathForNode } from '../../kernel/path-bytes.js';
import { linuxOfAbi } from '../../landlock/abi.js';
import type { Profile } from '../profile.js';
import { resolveProfile } from '../resolve.js';
import type { ExportRequest, ObjectType } from './exporter.js';
import { knownOf } from './known.js';
import type { Loss } from './loss.js';
import { profileWithin } from './within.js';

export interface ExportWishes {
  /** The version of the ABI to write for; the profile's own by default. */
  readonly abi?: number | undefined;
  /** What is to be run; by default what was learned, where that was one command. */
  readonly command: readonly string[];
}

/** A request for a profile as it lies on this disk, and what the wishes alone lose. */
export function exportRequest(
  profile: Profile,
  file: string,
  { abi = profile.abi, command }: ExportWishes,
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

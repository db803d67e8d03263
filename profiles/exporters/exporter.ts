import type { Population } from '../count-beneath.js';
import type { Profile } from '../profile.js';
import type { Loss } from './loss.js';
import type { SeenOperation } from './survey.js';

/** Another tool's spelling of a profile. */
export interface Exporter {
  readonly format: string;
  /** One line on what reads it. */
  readonly summary: string;
  /** Whether it tells of what traces hold. */
  readonly readsTraces?: boolean;
  /** Whether it has the profile's own file enforced, which is as it is. */
  readonly refersToFile?: boolean;
  readonly write: (request: ExportRequest) => Exported;
}

/** What is to be spelled, and what there is to know of it. */
export interface ExportRequest {
  /** The profile's name, for titles and for the names of what is made of it. */
  readonly name: string;
  /** Its file, absolute. */
  readonly file: string;
  readonly profile: Profile;
  /** What is to be run under it; empty where nobody knows. */
  readonly command: readonly string[];
  /** What stands at a path; profiles are told apart from their disk by it. */
  readonly typeOf: (path: string) => ObjectType;
  /** What runs of the program did; undefined where there are no traces. */
  readonly seen: readonly SeenOperation[] | undefined;
  /** How much stands at a path; undefined where nobody knows. */
  readonly populationOf: (path: string) => Population | undefined;
}

export type ObjectType = 'directory' | 'other' | 'missing';

export interface Exported {
  readonly output: Output;
  /** What the format cannot say. */
  readonly losses: readonly Loss[];
  /** What whoever uses it has to know, a sentence each: versions, variables. */
  readonly notes: readonly string[];
}

export type Output =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'folder'; readonly files: readonly FolderFile[] };

export interface FolderFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
}

/** An export of one text. */
export function exportedText(
  text: string,
  losses: readonly Loss[],
  notes: readonly string[] = [],
): Exported {
  return { output: { kind: 'text', text }, losses, notes };
}

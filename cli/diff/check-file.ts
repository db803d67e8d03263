import { existsSync } from 'node:fs';
import { loadAlone } from '../../profiles/load.js';
import type { Profile } from '../../profiles/profile.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { CommandError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { compareProfiles } from './compare.js';
import { differencesDocument } from './document.js';
import { differencesText } from './text.js';

/**
 * Holds a profile that would be written against the file that is there; writes nothing. Reasons and
 * the like may differ: what counts is what is allowed.
 *
 * @param say - told what differs, for people or as a document.
 * @returns the exit status.
 * @throws CommandError when there is no file to compare with.
 */
export function checkFile(
  file: string,
  profile: Profile,
  json: boolean,
  say: (text: string) => void,
): number {
  if (!existsSync(file)) {
    throw new CommandError(
      `--check: there is no ${file} to compare with; without --check it is written`,
      exitStatus.finding,
    );
  }
  const old = loadAlone(file);
  resolveProfile(old, file);
  const differences = compareProfiles(old, profile);
  say(json ? differencesDocument(file, null, differences) : differencesText(differences));
  return differences.length === 0 ? exitStatus.clean : exitStatus.finding;
}

import { loadProfile } from '../../profiles/load.js';
import type { Profile } from '../../profiles/profile.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { compareProfiles } from '../diff/compare.js';
import { differencesDocument } from '../diff/document.js';
import { differencesText } from '../diff/text.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { type OptionTable, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { newerThanWe } from '../profile-notes.js';
import { switchOption } from '../values.js';
import type { Invocation } from '../verb.js';

/** Tells what one profile allows and another does not. */
export async function diff({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'diff');
  const [old, next, unexpected] = [...parsed.operands, ...parsed.command];
  if (old === undefined || next === undefined) {
    throw new UsageError('two profiles are compared: expected OLD and NEW', 'diff');
  }
  if (unexpected !== undefined) {
    throw new UsageError(`two profiles are compared, and ${unexpected} is one more`, 'diff');
  }
  const differences = compareProfiles(loaded(old), loaded(next));
  const json = switchOption(parsed, 'json');
  print(json ? differencesDocument(old, next, differences) : differencesText(differences));
  const found = switchOption(parsed, 'deny-widening')
    ? differences.filter(({ sign }) => sign === 'granted')
    : differences;
  return found.length === 0 ? exitStatus.clean : exitStatus.finding;
}

const options: OptionTable = { 'deny-widening': { type: 'boolean' }, json: { type: 'boolean' } };

/** With the additions beside it; its variables are known to be defined. */
function loaded(file: string): Profile {
  const profile = loadProfile(file);
  resolveProfile(profile, file);
  if (profile.newerAbi !== undefined) tell(newerThanWe(file, profile.newerAbi));
  return profile;
}

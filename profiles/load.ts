import { existsSync, readFileSync } from 'node:fs';
import { composeProfiles } from './compose.js';
import type { Profile } from './profile.js';
import { ProfileError } from './profile-error.js';
import { readToml } from './read-toml.js';

/**
 * Reads a profile's file, and with it the hand-written additions in `NAME.local.toml` beside
 * `NAME.landlock.toml`, which learning never touches.
 *
 * @throws ProfileError when either cannot be read or is not as it should be.
 */
export function loadProfile(file: string): Profile {
  const profile = loadAlone(file);
  const local = localFileOf(file);
  if (local === undefined || !existsSync(local)) return profile;
  return composeProfiles(profile, readToml(contentOf(local), local));
}

/** The same without the additions: what may be written again. */
export function loadAlone(file: string): Profile {
  return readToml(contentOf(file), file);
}

/** Where the hand-written additions to a profile are; undefined for a file named otherwise. */
export function localFileOf(file: string): string | undefined {
  return /\.landlock\.toml$/.test(file)
    ? file.replace(/\.landlock\.toml$/, '.local.toml')
    : undefined;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProfileError(file, undefined, whyUnreadable(error));
  }
}

function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file (ll-learn -- COMMAND makes one)';
    case 'EACCES':
      return 'it may not be read by you';
    case 'EISDIR':
      return 'it is a directory, and a profile is a file';
    default:
      return `it cannot be read (${code})`;
  }
}

import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { ambientVariables } from '../tracer/ambient.js';
import { composeProfiles } from './compose.js';
import { inhabited } from './inhabit.js';
import type { Position } from './locate.js';
import type { Profile } from './profile.js';
import { ProfileError } from './profile-error.js';
import { readToml } from './read-toml.js';

/**
 * Reads a profile's file, and with it the hand-written additions in `NAME.local.toml` beside
 * `NAME.landlock.toml`, which learning never touches. Variables that the surroundings define have
 * the values that they have for us.
 *
 * @throws ProfileError when either cannot be read or is not as it should be.
 */
export function loadProfile(file: string): Profile {
  const profile = readToml(contentOf(file), file);
  const local = localFileOf(file);
  const whole =
    local === undefined || !existsSync(local)
      ? profile
      : composeProfiles(profile, readToml(contentOf(local), local));
  return inhabited(whole, ambientVariables());
}

/** The same without the additions: what may be written again. */
export function loadAlone(file: string): Profile {
  return inhabited(readToml(contentOf(file), file), ambientVariables());
}

/** Where the hand-written additions to a profile are; undefined for a file named otherwise. */
export function localFileOf(file: string): string | undefined {
  return /\.landlock\.toml$/.test(file)
    ? file.replace(/\.landlock\.toml$/, '.local.toml')
    : undefined;
}

function contentOf(file: string): string {
  const bytes = bytesOf(file);
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return text;
  throw new ProfileError(
    file,
    firstReplaced(text, bytes),
    'this is no UTF-8, which TOML is: a path of other bytes is written in hexadecimal digits, as parent_hex',
  );
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ProfileError(file, undefined, whyUnreadable(error));
  }
}

/** Where decoding put a replacement for what is no character. */
function firstReplaced(text: string, bytes: Buffer): Position | undefined {
  let offset = 0;
  for (const [number, line] of text.split('\n').entries()) {
    for (let at = line.indexOf('\ufffd'); at !== -1; at = line.indexOf('\ufffd', at + 1)) {
      const start = offset + Buffer.byteLength(line.slice(0, at));
      const own = bytes.subarray(start, start + 3).equals(replacement);
      if (!own) return { line: number + 1, column: at + 1 };
    }
    offset += Buffer.byteLength(line) + 1;
  }
  return undefined;
}

const replacement = Buffer.from('\ufffd');

function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file (ll-learn -- COMMAND makes one)';
    case 'EACCES':
      return 'it may not be read by you';
    case 'EISDIR':
      return 'it is a directory, and a profile is a file';
    case 'ERR_FS_FILE_TOO_LARGE':
    case 'ERR_STRING_TOO_LONG':
      return 'it is larger than any profile can be';
    default:
      return `it cannot be read (${code})`;
  }
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ProfileError } from '../profiles/profile-error.js';
import { TomlReader } from '../profiles/toml-reader.js';
import { tighteningNames, type WrittenWishes, wishesBy } from './wish-names.js';

/**
 * What a configuration file wishes. Its keys are the names of the options.
 *
 * @throws ProfileError with line and column for a key that there is not, or a value that is no list
 * of strings.
 */
export function readConfiguration(file: string): WrittenWishes {
  const toml = new TomlReader(contentOf(file), file);
  toml.only(toml.root, [], tighteningNames);
  return wishesBy((name) => {
    if (!tighteningNames.includes(name)) return [];
    const sources = toml.strings(toml.root, [], name);
    return sources.map((source) => ({ source, from: `${basename(file)}: ${name}` }));
  });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ProfileError(file, undefined, `the configuration cannot be read (${code})`);
  }
}

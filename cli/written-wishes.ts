import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { homeDirectory } from '../tracer/home.js';
import type { ParsedWords } from './options.js';
import { textOptions } from './values.js';
import { type WrittenWishes, wishesBy } from './wish-names.js';

/**
 * What the configuration files and the options wish, in this order. Whoever wishes nothing does not
 * wait for a reader of files to be loaded.
 */
export async function writtenWishes(parsed: ParsedWords): Promise<WrittenWishes> {
  const files = configurationFiles(workingDirectory());
  const { readConfiguration } =
    files.length > 0 ? await import('./configuration.js') : { readConfiguration: undefined };
  const all = [...files.map((file) => readConfiguration?.(file)), fromOptions(parsed)];
  return wishesBy((name) => all.flatMap((wishes) => wishes?.[name] ?? []));
}

/** Where we were started; empty when that is gone. */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

/** The files that hold what one always wants: the user's, and the project's in the directory. */
function configurationFiles(directory: string): readonly string[] {
  const home = homeDirectory();
  const settings = process.env['XDG_CONFIG_HOME'] || (home && join(home, '.config'));
  const own = settings ? [join(settings, 'll-learn', 'config.toml')] : [];
  return [...own, join(directory, '.ll-learn.toml')].filter((file) => existsSync(file));
}

function fromOptions(parsed: ParsedWords): WrittenWishes {
  return wishesBy((name) =>
    textOptions(parsed, name).map((source) => ({ source, from: `--${name}` })),
  );
}

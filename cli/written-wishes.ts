import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenGlob } from '../inference/path-glob.js';
import { homeDirectory } from '../tracer/home.js';
import type { OptionTable, ParsedWords } from './options.js';
import { textOptions } from './values.js';

/** The options by which a person says in globs what is granted. */
export const wishNames = ['never-fold', 'exclude', 'include', 'missing'] as const;
/** Those that a configuration file may say as well: none of them grants anything. */
export const tighteningNames: readonly WishName[] = ['never-fold', 'exclude', 'include'];
export type WishName = (typeof wishNames)[number];

export const wishOptions: OptionTable = Object.fromEntries(
  wishNames.map((name) => [name, { type: 'string', multiple: true } as const]),
);

/** Globs by the option that they are for, as they were written. */
export type WrittenWishes = Readonly<Record<WishName, readonly WrittenGlob[]>>;

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

/** Whether nothing is wished. */
export function wishesNothing(wishes: WrittenWishes): boolean {
  return wishNames.every((name) => wishes[name].length === 0);
}

/** Wishes of one kind for every name. */
export function wishesBy<Wish>(wishes: (name: WishName) => Wish): Readonly<Record<WishName, Wish>> {
  return {
    'never-fold': wishes('never-fold'),
    exclude: wishes('exclude'),
    include: wishes('include'),
    missing: wishes('missing'),
  };
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

import { escape as literalGlob, Minimatch } from 'minimatch';
import { parentOf } from '../landlock/hierarchy.js';

/** A glob as somebody wrote it, and where: an option, a file. */
export interface WrittenGlob {
  readonly source: string;
  readonly from: string;
}

/** A glob for absolute paths. */
export interface PathGlob extends WrittenGlob {
  readonly pattern: string;
}

/** What a glob's variables and its beginning depend on: of one run. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  /** Where the program ran; empty when nobody knows. */
  readonly directory: string;
}

/** A glob that means nothing where it was written, in words. */
export class GlobError extends Error {
  override readonly name = 'GlobError';
}

/**
 * The absolute glob that was meant. `~` and `${HOME}` are the home of who ran the program, other
 * variables as in profiles. A glob without a slash is a name anywhere, one that begins with `**`
 * a path anywhere; any other that is not absolute begins where the program ran.
 *
 * @throws GlobError when a variable or the directory is not known, or the glob is no UTF-8.
 */
export function pathGlob(glob: WrittenGlob, surroundings: Surroundings): PathGlob {
  const named = (what: string) => new GlobError(`${glob.from} ${glob.source}: ${what}`);
  const source = glob.source.replace(/(?<=.)\/+$/, '');
  if (source === '') throw named('a glob is not empty');
  // The command line's bytes that are not UTF-8 arrive so.
  if (source.includes('\ufffd')) throw named('it is not UTF-8; ? stands for any such byte');
  const whole = source
    .replace(/^~(?=\/|$)/, '${HOME}')
    .replace(/\$\{([A-Za-z_]+)\}/g, (_, name: string) => {
      const value = valueNamed(name, surroundings);
      if (value === undefined)
        throw named(`\${${name}} is not known; known are ${known.join(', ')}`);
      return literal(value);
    });
  if (whole.startsWith('/')) return { ...glob, pattern: whole };
  if (whole.startsWith('**')) return { ...glob, pattern: `/${whole}` };
  if (!whole.includes('/') && whole !== '.') return { ...glob, pattern: `/**/${whole}` };
  if (surroundings.directory === '') {
    throw named('where the program ran is not known; begin with /');
  }
  const beneath = whole.replace(/^(\.(\/|$))+/, '');
  const directory = literal(surroundings.directory);
  return { ...glob, pattern: beneath === '' ? directory : `${directory}/${beneath}` };
}

const xdg: Readonly<Record<string, string>> = {
  XDG_CACHE_HOME: '.cache',
  XDG_CONFIG_HOME: '.config',
  XDG_DATA_HOME: '.local/share',
  XDG_STATE_HOME: '.local/state',
};

const known = ['HOME', ...Object.keys(xdg), 'XDG_RUNTIME_DIR', 'TMPDIR', 'WORKDIR'];

function valueNamed(name: string, { environment, directory }: Surroundings): string | undefined {
  if (!known.includes(name)) return undefined;
  if (name === 'WORKDIR') return directory || undefined;
  const told = environment[name];
  if (told !== undefined) return told.replace(/(?<=.)\/+$/, '');
  if (name === 'TMPDIR') return '/tmp';
  const home = environment['HOME'];
  const usual = xdg[name];
  return home === undefined || usual === undefined ? undefined : `${home}/${usual}`;
}

/** A path that has stars or brackets in its names is that path, and no glob. */
function literal(path: string): string {
  return literalGlob(path, { magicalBraces: true });
}

/** Globs that paths are held against, many of them in the same directories. */
export class Globs {
  readonly #globs: readonly (PathGlob & { readonly compiled: Minimatch })[];
  readonly #directories = new Map<string, PathGlob | undefined>();

  constructor(globs: readonly PathGlob[]) {
    this.#globs = globs.map((glob) => ({ ...glob, compiled: compiled(glob.pattern) }));
  }

  /** The glob that a path matches itself, the first of several. */
  at(path: string): PathGlob | undefined {
    if (this.#globs.length === 0) return undefined;
    return this.#globs.find((glob) => glob.compiled.match(path));
  }

  /** The same for a path or any hierarchy that holds it: who names a directory means all of it. */
  holding(path: string): PathGlob | undefined {
    return this.at(path) ?? this.#holdingDirectory(parentOf(path));
  }

  /** Whether something beneath a hierarchy may match, as far as the glob's first names tell. */
  mayBeBeneath(hierarchy: string): boolean {
    return this.#globs.some(
      (glob) => !glob.pattern.startsWith('/**') && glob.compiled.match(hierarchy, true),
    );
  }

  #holdingDirectory(path: string): PathGlob | undefined {
    if (this.#globs.length === 0) return undefined;
    if (this.#directories.has(path)) return this.#directories.get(path);
    const found =
      this.at(path) ?? (path === '/' ? undefined : this.#holdingDirectory(parentOf(path)));
    this.#directories.set(path, found);
    return found;
  }
}

/** As shells match file names, with dot files, and without what makes a glob something else. */
function compiled(pattern: string): Minimatch {
  return new Minimatch(pattern, { dot: true, nonegate: true, nocomment: true, platform: 'linux' });
}

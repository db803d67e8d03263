import { basename } from './names.js';
import { Globs, type PathGlob } from './path-glob.js';

/** Places on which no rule is ever folded, each by what it is to people. */
export class GuardedPlaces {
  readonly #names = new Map<string, string>(systemPlaces);
  /** What guarded paths end in: few of a million others do. */
  readonly #lastNames: ReadonlySet<string>;
  readonly #wished: Globs;

  /**
   * @param environments - of the runs: they tell where homes and their XDG directories are.
   * @param wished - what else is to be guarded.
   */
  constructor(
    environments: readonly Readonly<Record<string, string>>[],
    wished: readonly PathGlob[] = [],
  ) {
    this.#wished = new Globs(wished);
    for (const environment of environments) {
      const home = environment['HOME'];
      if (home !== undefined) this.#guardHome(home);
      for (const [variable, name] of xdgVariables) {
        const path = environment[variable];
        if (path !== undefined) this.#names.set(path, name);
      }
    }
    this.#lastNames = new Set([...this.#names.keys(), ...secrets].map(basename));
  }

  /** What is guarded at `path`; undefined when nothing is. */
  at(path: string): string | undefined {
    return this.#knownName(path) ?? this.#wishedName(path);
  }

  /** Whether something beneath a hierarchy is to be guarded, as far as the globs tell. */
  mayHold(hierarchy: string): boolean {
    return this.#wished.mayBeBeneath(hierarchy);
  }

  #knownName(path: string): string | undefined {
    if (isHome(path)) return this.#names.get(path) ?? 'a home directory';
    if (!this.#lastNames.has(basename(path))) return undefined;
    return this.#names.get(path) ?? secretName(path);
  }

  #wishedName(path: string): string | undefined {
    const glob = this.#wished.at(path);
    return glob === undefined ? undefined : `guarded (${glob.from} ${glob.source})`;
  }

  #guardHome(home: string): void {
    this.#names.set(home, 'a home directory');
    for (const [name, what] of homePlaces) this.#names.set(`${home}/${name}`, what);
  }
}

const systemPlaces: readonly (readonly [string, string])[] = [
  ['/', 'the whole file system'],
  ['/boot', 'the boot files'],
  ['/dev', 'all devices'],
  ['/etc', 'the system configuration'],
  ['/home', 'all home directories'],
  ['/opt', 'all installed packages'],
  ['/proc', 'all processes'],
  ['/root', 'a home directory'],
  ['/run', 'the state of all services'],
  ['/sys', 'the kernel'],
  ['/usr', 'the whole system'],
  ['/var', 'the data of all services'],
];

const homePlaces: readonly (readonly [string, string])[] = [
  ['.cache', 'the caches of all programs'],
  ['.config', 'the configuration of all programs'],
  ['.local', 'the data of all programs'],
  ['.local/share', 'the data of all programs'],
  ['.local/state', 'the state of all programs'],
];

const xdgVariables: readonly (readonly [string, string])[] = [
  ['XDG_CACHE_HOME', 'the caches of all programs'],
  ['XDG_CONFIG_HOME', 'the configuration of all programs'],
  ['XDG_DATA_HOME', 'the data of all programs'],
  ['XDG_RUNTIME_DIR', 'the run-time files of all programs'],
  ['XDG_STATE_HOME', 'the state of all programs'],
];

/** Directories of keys, tokens and browser profiles, wherever a home has them. */
const secrets: readonly string[] = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.password-store',
  '.mozilla',
  '.config/BraveSoftware',
  '.config/chromium',
  '.config/gcloud',
  '.config/gh',
  '.config/google-chrome',
  '.local/share/keyrings',
];

function isHome(path: string): boolean {
  return path.startsWith('/home/') && path.lastIndexOf('/') === '/home'.length;
}

function secretName(path: string): string | undefined {
  const secret = secrets.find((name) => path.endsWith(`/${name}`));
  return secret === undefined ? undefined : `secrets (${secret})`;
}

/**
 * Puts the places of people in for the variables of a pattern: the homes and XDG directories that
 * the runs' environments tell, and those that other accounts are likely to have.
 */
export class Homes {
  readonly #values: ReadonlyMap<string, ReadonlySet<string>>;

  /** @param environments - of the runs. */
  constructor(environments: readonly Readonly<Record<string, string>>[]) {
    const homes = new Set(['/root', '/home/*', ...told(environments, 'HOME')]);
    const values = new Map<string, ReadonlySet<string>>([['HOME', homes]]);
    for (const [variable, name] of xdgDefaults) {
      const usual = [...homes].map((home) => `${home}/${name}`);
      values.set(variable, new Set([...told(environments, variable), ...usual]));
    }
    const runtime = told(environments, 'XDG_RUNTIME_DIR');
    values.set('XDG_RUNTIME_DIR', new Set([...runtime, '/run/user/*']));
    for (const variable of searchPaths) {
      values.set(variable, new Set(told(environments, variable)));
    }
    this.#values = values;
  }

  /** The patterns that one with `${VARIABLE}` at its start stands for. */
  expand(pattern: string): readonly string[] {
    const [whole, variable = ''] = /^\$\{([A-Z_]+)\}/.exec(pattern) ?? [];
    if (whole === undefined) return [pattern];
    const rest = pattern.slice(whole.length);
    return [...(this.#values.get(variable) ?? [])].map((value) => value + rest);
  }
}

const xdgDefaults: readonly (readonly [string, string])[] = [
  ['XDG_CACHE_HOME', '.cache'],
  ['XDG_CONFIG_HOME', '.config'],
  ['XDG_DATA_HOME', '.local/share'],
  ['XDG_STATE_HOME', '.local/state'],
];

const searchPaths = ['PATH', 'LD_LIBRARY_PATH', 'PYTHONPATH'];

/** A name with a star in it is no pattern of ours; a relative directory is another every time. */
function told(
  environments: readonly Readonly<Record<string, string>>[],
  variable: string,
): readonly string[] {
  return environments
    .flatMap((environment) => environment[variable] ?? [])
    .flatMap((value) => (searchPaths.includes(variable) ? value.split(':') : [value]))
    .map((path) => path.replace(/\/+$/, ''))
    .filter((path) => path.startsWith('/') && !path.includes('*'));
}

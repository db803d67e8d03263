/**
 * The parts of an environment that the paths in a profile can depend on, or that tell where other
 * programs look for code.
 */
export function variablesOf(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

const names = [
  'HOME',
  'LD_LIBRARY_PATH',
  'PATH',
  'PYTHONPATH',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  'XDG_STATE_HOME',
];

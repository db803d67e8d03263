/** What profiles call the places and numbers that are another for every user and machine. */
export const ambientNames = [
  'HOME',
  'LOADER',
  'MULTIARCH',
  'TMPDIR',
  'UID',
  'WORKDIR',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  'XDG_STATE_HOME',
] as const;
export type AmbientName = (typeof ambientNames)[number];

/**
 * What these names stand for: directories absolute and without symlinks, as traces have them. What
 * nobody can tell is left out.
 */
export type AmbientVariables = Readonly<Partial<Record<AmbientName, string>>>;

import { accessNames } from '../../landlock/access-set.js';
import type { Profile } from '../../profiles/profile.js';

/** What `infer --json` gives of a profile that others were put into. See docs/json.md. */
export function unionDocument(
  { abi, scoped, paths, ports, creations }: Profile,
  profiles: readonly string[],
  written: string | null,
): string {
  const document = {
    profile: written,
    abi,
    profiles,
    scoped: accessNames('scope', scoped),
    rules: paths.flatMap(({ parents, access, reasons }) =>
      parents.map((path) => ({ path, access: accessNames('fs', access), reasons })),
    ),
    ports: ports.flatMap(({ ports: numbers, access, reasons }) =>
      numbers.map((port) => ({ port, access: accessNames('net', access), reasons })),
    ),
    create: creations.map(({ path, kind, mode }) => ({
      path,
      kind,
      mode: mode.toString(8).padStart(4, '0'),
    })),
  };
  return `${JSON.stringify(document)}\n`;
}

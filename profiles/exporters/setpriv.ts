import { hasEscapedBytes } from '../../kernel/path-bytes.js';
import type { AccessClass } from '../../landlock/abi.js';
import { type AccessSet, accessNames } from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import type { Exporter } from './exporter.js';
import { creationLosses, rawPathLosses, shellWord } from './losses.js';

/**
 * A shell script that runs a command under util-linux's setpriv(1), right by right. Source:
 * util-linux, sys-utils/setpriv.1.adoc and setpriv-landlock.c.
 */
export const setpriv: Exporter = {
  format: 'setpriv',
  summary: 'a shell script for setpriv of util-linux',
  write: (_, resolved) => ({
    text: script(resolved.ruleset),
    losses: [
      ...creationLosses(resolved),
      ...rawPathLosses(resolved.ruleset.paths.map(({ path }) => path)),
      ...versionLosses(resolved.ruleset),
    ],
  }),
};

function script(ruleset: Ruleset): string {
  const words = [...handledOptions(ruleset), ...ruleOptions(ruleset)];
  const lines = words.map((word) => `  ${word} \\\n`).join('');
  return `#!/bin/sh\n# usage: sh THIS-FILE COMMAND [ARGUMENT...]\nexec setpriv \\\n${lines}  -- "$@"\n`;
}

function handledOptions({ handledFs, handledNet, scoped }: Ruleset): readonly string[] {
  return [
    ...handled('fs', 'fs', handledFs),
    ...handled('net', 'net', handledNet),
    ...handled('scope', 'scope', scoped),
  ];
}

/** The rights by name: without names setpriv would take all that it knows, and the kernel may not. */
function handled<Class extends AccessClass>(
  option: string,
  accessClass: Class,
  set: AccessSet<Class>,
): readonly string[] {
  return set === 0
    ? []
    : [`--landlock-access ${option}:${hyphenated(accessNames(accessClass, set))}`];
}

function ruleOptions({ paths, ports }: Ruleset): readonly string[] {
  return [
    ...paths
      .filter(({ path }) => !hasEscapedBytes(path))
      .map(
        ({ path, access }) =>
          `--landlock-rule ${shellWord(`path-beneath:${hyphenated(accessNames('fs', access))}:${path}`)}`,
      ),
    ...ports.map(
      ({ port, access }) =>
        `--landlock-rule net-port:${hyphenated(accessNames('net', access))}:${port}`,
    ),
  ];
}

function hyphenated(names: readonly string[]): string {
  return names.join(',').replaceAll('_', '-');
}

function versionLosses({ handledFs, handledNet, scoped }: Ruleset): readonly string[] {
  const fs = accessNames('fs', handledFs);
  const losses: string[] = [];
  if (fs.includes('ioctl_dev')) losses.push('ioctl-dev needs setpriv of util-linux 2.42 or later');
  if (handledNet !== 0 || scoped !== 0) {
    losses.push('net and scope need setpriv of util-linux 2.43 or later');
  }
  return losses;
}

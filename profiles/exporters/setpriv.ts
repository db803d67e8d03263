import type { AccessClass } from '../../landlock/abi.js';
import { type AccessSet, accessNames } from '../../landlock/access-set.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { argumentLosses } from './argument-size.js';
import { type Exporter, exportedText } from './exporter.js';
import { fit } from './fit.js';
import { knownOf } from './known.js';
import { becomingScript, shellWord } from './shell.js';
import { unlessUtf8 } from './unwritable.js';

/**
 * A shell script that runs a command under util-linux's setpriv(1), right by right. Source:
 * util-linux, sys-utils/setpriv.1.adoc and setpriv-landlock.c.
 */
export const setpriv: Exporter = {
  format: 'setpriv',
  summary: 'a shell script for setpriv of util-linux',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known: knownOf(10),
      limit: 'setpriv knows rights up to ABI 10',
      whyUnwritable: unlessUtf8,
    });
    const { ruleset } = resolved;
    const words = [...handledOptions(ruleset), ...ruleOptions(ruleset)];
    const script = becomingScript('setpriv', words, guard(ruleset));
    return exportedText(script, [...losses, ...argumentLosses(words)], notes(ruleset));
  },
};

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
    ...paths.map(
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

/** Up to 2.42, setpriv takes `--landlock-access net` and does nothing about it, without a word. */
function guard({ handledNet, scoped }: Ruleset): readonly string[] {
  if (handledNet === 0 && scoped === 0) return [];
  return [
    'case $(setpriv --help 2>&1) in',
    '*net-port*) ;;',
    '*) echo "this setpriv would leave the network and scopes open: util-linux 2.43 or later is needed (or an export with --abi 3)" >&2; exit 2 ;;',
    'esac',
  ];
}

function notes({ handledFs, handledNet, scoped }: Ruleset): readonly string[] {
  const fs = accessNames('fs', handledFs);
  const said = ['every path has to exist, and the kernel has to know every right: else it fails'];
  if (handledNet !== 0 || scoped !== 0 || fs.includes('resolve_unix')) {
    said.push(
      'net, scope and resolve-unix need setpriv of util-linux 2.43 or later; the script refuses to run with an older one, which would leave them open',
    );
  } else if (fs.includes('ioctl_dev')) {
    said.push('ioctl-dev needs setpriv of util-linux 2.42 or later');
  }
  return said;
}

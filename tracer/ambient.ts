import { type AmbientName, type AmbientVariables, ambientNames } from './ambient-names.js';
import { architectureNames } from './architecture.js';
import { resolvePath } from './disk-view.js';
import { homeDirectory } from './home.js';

/**
 * What they stand for in this process. A directory without a variable is where those who read that
 * variable look instead: the account's home, the defaults of the XDG Base Directory Specification,
 * /tmp. So is one whose variable is not absolute, which that specification has ignored.
 */
export function ambientVariables(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AmbientVariables {
  const uid = String(process.getuid?.() ?? '');
  const home = homeDirectory(environment);
  const inHome = (name: string) => (home === undefined ? undefined : `${home}/${name}`);
  const directories = {
    HOME: home,
    TMPDIR: directoryIn(environment, 'TMPDIR') ?? '/tmp',
    WORKDIR: workingDirectory(),
    XDG_CACHE_HOME: directoryIn(environment, 'XDG_CACHE_HOME') ?? inHome('.cache'),
    XDG_CONFIG_HOME: directoryIn(environment, 'XDG_CONFIG_HOME') ?? inHome('.config'),
    XDG_DATA_HOME: directoryIn(environment, 'XDG_DATA_HOME') ?? inHome('.local/share'),
    XDG_RUNTIME_DIR: directoryIn(environment, 'XDG_RUNTIME_DIR') ?? `/run/user/${uid}`,
    XDG_STATE_HOME: directoryIn(environment, 'XDG_STATE_HOME') ?? inHome('.local/state'),
  };
  return {
    ...known(directories, (path) => resolvePath(path, true)),
    ...known({ ...architectureNames(process.arch), UID: uid }, (name) => name),
  };
}

/** What is known, and was not mangled since it is no UTF-8. */
function known(
  values: Readonly<Partial<Record<AmbientName, string | undefined>>>,
  spelled: (value: string) => string,
): AmbientVariables {
  const found: Partial<Record<AmbientName, string>> = {};
  for (const name of ambientNames) {
    const value = values[name];
    if (value !== undefined && !value.includes('\ufffd')) found[name] = spelled(value);
  }
  return found;
}

function directoryIn(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const value = environment[name];
  return value?.startsWith('/') ? value : undefined;
}

/** Undefined when it is gone. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

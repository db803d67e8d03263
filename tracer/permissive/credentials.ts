import { readFileSync } from 'node:fs';

/** What the kernel checks plain file permissions with: credentials(7), capabilities(7). */
export interface Credentials {
  /** File-system ids, which follow the effective ones unless setfsuid(2) was called. */
  readonly user: number;
  readonly group: number;
  readonly groups: readonly number[];
  /** CAP_DAC_OVERRIDE: permissions bind it in nothing but in executing what nobody may. */
  readonly overrides: boolean;
  /** CAP_DAC_READ_SEARCH: it may read everything, and search every directory. */
  readonly reads: boolean;
}

/** By the text of `/proc/<pid>/status`. */
export function credentialsIn(status: string): Credentials {
  // The low word holds all that is asked here.
  const low = Number.parseInt(statusField(status, 'CapEff').slice(-8), 16);
  return {
    user: fileSystemId(statusField(status, 'Uid')),
    group: fileSystemId(statusField(status, 'Gid')),
    // The kernel keeps them in order.
    groups: statusField(status, 'Groups').split(' ').filter(Boolean).map(Number),
    overrides: (low & (1 << CAP_DAC_OVERRIDE)) !== 0,
    reads: (low & (1 << CAP_DAC_READ_SEARCH)) !== 0,
  };
}

/** What stands behind a name in `/proc/<pid>/status`; empty where the kernel tells no such thing. */
export function statusField(status: string, name: string): string {
  const at = status.indexOf(`\n${name}:`);
  if (at === -1) return '';
  const end = status.indexOf('\n', at + 1);
  return status.slice(at + name.length + 2, end === -1 ? undefined : end).trim();
}

/** The fourth of the ids. */
function fileSystemId(ids: string): number {
  return Number(ids.slice(ids.lastIndexOf('\t') + 1));
}

/**
 * Whether the kernel answers us as it answers a thread with these. A capability that we have not is
 * one of the thread's own user namespace, and opens nothing outside of it.
 */
export function areOurs(credentials: Credentials): boolean {
  ours ??= credentialsIn(readFileSync('/proc/thread-self/status', 'latin1'));
  return (
    credentials.user === ours.user &&
    credentials.group === ours.group &&
    (credentials.overrides || !ours.overrides) &&
    (credentials.reads || !ours.reads) &&
    credentials.groups.length === ours.groups.length &&
    credentials.groups.every((group, index) => group === ours?.groups[index])
  );
}

let ours: Credentials | undefined;

const CAP_DAC_OVERRIDE = 1;
const CAP_DAC_READ_SEARCH = 2;

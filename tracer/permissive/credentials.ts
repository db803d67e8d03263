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
  const [, user = '0', group = '0', groups = '', capabilities = '0'] = fields.exec(status) ?? [];
  // The low word holds all that is asked here.
  const low = Number.parseInt(capabilities.slice(-8), 16);
  return {
    user: Number(user),
    group: Number(group),
    groups: groups.split(' ').filter(Boolean).map(Number),
    overrides: (low & (1 << CAP_DAC_OVERRIDE)) !== 0,
    reads: (low & (1 << CAP_DAC_READ_SEARCH)) !== 0,
  };
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

/** The fourth of the ids; the kernel keeps the groups in order. */
const fields =
  /^Uid:(?:\s+\d+){3}\s+(\d+)\s+^Gid:(?:\s+\d+){3}\s+(\d+)[\s\S]*?^Groups:\t?([\d ]*)[\s\S]*?^CapEff:\s+([0-9a-f]+)/m;
const CAP_DAC_OVERRIDE = 1;
const CAP_DAC_READ_SEARCH = 2;

import { readFileSync } from 'node:fs';
import { lacksRoot } from '../../test/support/requirements.js';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who trains and who is tested: two accounts that every Debian has, or else whoever runs this. */
export function users(): { readonly trainer: User; readonly tested: User } {
  const [trainer, tested] = lacksRoot() === undefined ? ['nobody', 'games'].map(account) : [];
  const ourselves = {
    name: 'ourselves',
    uid: process.getuid?.() ?? -1,
    gid: process.getgid?.() ?? -1,
  };
  return { trainer: trainer ?? ourselves, tested: tested ?? ourselves };
}

function account(name: string): User | undefined {
  const line = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm');
  const [, uid, gid] = line.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

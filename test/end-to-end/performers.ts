import { readFileSync } from 'node:fs';
import { type Lack, lacksRoot, lacksWayForOthers } from '../support/requirements.js';

/** A user whom the programs run as. */
export interface Performer {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** Why nothing can be run as that user here. */
  readonly lack: Lack;
}

/** Every workload is done by root and by an ordinary user: `nobody`, or whoever runs the tests. */
export const performers: readonly Performer[] = [
  { name: 'root', uid: 0, gid: 0, lack: lacksRoot() },
  lacksRoot() === undefined ? nobody() : ourselves(),
];

/** The one who runs the tests. */
export function ourselves(): Performer {
  const [uid, gid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
  return { name: 'an ordinary user', uid, gid, lack: undefined };
}

function nobody(): Performer {
  const [, uid, gid] =
    /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  const user = { name: 'an ordinary user', uid: Number(uid), gid: Number(gid) };
  return { ...user, lack: uid === undefined ? 'there is no user nobody' : lacksWayForOthers() };
}

import {
  accessSync,
  chmodSync,
  chownSync,
  lstatSync,
  readlinkSync,
  statfsSync,
  utimesSync,
} from 'node:fs';
import type { Attempt } from './perform.js';
import { type Call, type Unrestricted, unrestrictedCalls } from './scenario.js';
import { AT_FDCWD, system, text } from './syscalls.js';

/** The calls that no hook of Landlock sees. */
export function performUnrestricted(root: string, call: Call): Attempt {
  const [name, path] = call;
  if (!isUnrestricted(name)) throw new RangeError(`nobody knows how to ${name}`);
  return () => perform(name, `${root}/${path}`);
}

function isUnrestricted(name: string): name is Unrestricted {
  return unrestrictedCalls.some((one) => one === name);
}

function perform(name: Unrestricted, path: string): unknown {
  switch (name) {
    case 'stat':
      return lstatSync(path);
    case 'access':
      return accessSync(path, 7);
    case 'chmod':
      return chmodSync(path, 0o755);
    case 'chown':
      return chownSync(path, 0, 0);
    case 'utime':
      return utimesSync(path, 1, 1);
    case 'readlink':
      return readlinkSync(path);
    case 'chdir':
      return system.chdir(text(path));
    case 'setxattr':
      return system.setxattr(text(path), text('trusted.laboratory'), Buffer.from('x'), 1, 0);
    case 'statfs':
      return statfsSync(path);
    case 'watch':
      return system.inotify_add_watch(system.inotify_init(), text(path), 2);
    case 'chroot':
      return system.chroot(text(path));
    case 'mount-attributes':
      return system.syscall(mountSetattr, AT_FDCWD, text(path), 0, withoutSetuid(), 32);
  }
}

const mountSetattr = 442;

/** struct mount_attr: what to set, what to clear, how it propagates, a user namespace. */
function withoutSetuid(): Buffer {
  const attributes = Buffer.alloc(32);
  attributes.writeBigUInt64LE(2n, 0);
  return attributes;
}

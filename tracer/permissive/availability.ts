import { isLinux } from '../../kernel/release.js';
import { knowsUserNotification } from '../../kernel/seccomp.js';
import { isKnownArchitecture } from '../../kernel/syscall-numbers.js';
import type { Availability } from '../tracer.js';

/**
 * Whether this kernel has what it takes. What confines us may still refuse it: see `trace`.
 *
 * @param release - of the kernel that runs, unless told otherwise.
 */
export function permissiveAvailability(release?: string): Availability {
  if (!isKnownArchitecture()) {
    return {
      usable: false,
      reason: `the system calls of ${process.arch} are not known to it`,
      remedy: 'use the tracer strace',
    };
  }
  if (!knowsUserNotification()) {
    return {
      usable: false,
      reason: 'this kernel has no seccomp user notification',
      remedy: 'use Linux 5.5 or later, built with CONFIG_SECCOMP_FILTER, or the tracer strace',
    };
  }
  // SECCOMP_USER_NOTIF_FLAG_CONTINUE: without it, a call that was notified can only be refused.
  if (!isLinux(5, 5, release)) {
    return {
      usable: false,
      reason: 'the user notification of this kernel lets no system call go on',
      remedy: 'use Linux 5.5 or later, or the tracer strace',
    };
  }
  return { usable: true, detail: 'seccomp user notification' };
}

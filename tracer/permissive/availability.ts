import { knowsUserNotification } from '../../kernel/seccomp.js';
import { isKnownArchitecture } from '../../kernel/syscall-numbers.js';
import type { Availability } from '../tracer.js';

/** Whether this kernel has what it takes. What confines us may still refuse it: see `trace`. */
export function permissiveAvailability(): Availability {
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
  return { usable: true, detail: 'seccomp user notification' };
}

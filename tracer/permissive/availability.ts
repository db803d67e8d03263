import type { Availability } from '../tracer.js';

/** Whether this kernel, and what confines us, allow a seccomp listener. */
export function permissiveAvailability(): Availability {
  return { usable: true, detail: 'seccomp user notification' };
}

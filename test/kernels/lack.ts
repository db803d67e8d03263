import { accessSync, constants } from 'node:fs';
import { type Lack, lacksPrograms, lacksRoot } from '../support/requirements.js';

/** Why no machine can be booted here; undefined when one can. */
export function lacksMachine(emulated: boolean): Lack {
  const lack = lacksPrograms('qemu-system-x86_64', 'mke2fs', 'dpkg-deb') ?? lacksRoot();
  return lack ?? (emulated ? undefined : lacksKvm());
}

function lacksKvm(): Lack {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return '/dev/kvm cannot be opened (--emulate does without, some ten times slower)';
  }
}

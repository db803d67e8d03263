import { readFileSync } from 'node:fs';
import { landlockCreateRuleset } from '../kernel/landlock.js';
import { SystemCallError } from '../kernel/libc.js';

/** What the running kernel offers of Landlock, or why it offers nothing. */
export type LandlockSupport =
  | { readonly available: true; readonly abi: number; readonly errata: number }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** Asks the running kernel. */
export function landlockSupport(): LandlockSupport {
  try {
    return { available: true, abi: landlockCreateRuleset(null, VERSION), errata: errata() };
  } catch (error) {
    if (error instanceof SystemCallError) return unavailable(error.code);
    throw error;
  }
}

const VERSION = 1;
const ERRATA = 2;

function errata(): number {
  try {
    return landlockCreateRuleset(null, ERRATA);
  } catch {
    return 0; // The flag came with Linux 6.15, and with updates of older kernels.
  }
}

function unavailable(code: string): LandlockSupport {
  if (code === 'EOPNOTSUPP') {
    return {
      available: false,
      reason: 'Landlock is disabled on this machine',
      remedy: `boot with landlock among the kernel's security modules (now: lsm=${activeModules()})`,
    };
  }
  if (code === 'ENOSYS') {
    return {
      available: false,
      reason: 'this kernel has no Landlock',
      remedy: 'use Linux 5.13 or later, built with CONFIG_SECURITY_LANDLOCK',
    };
  }
  return {
    available: false,
    reason: `the kernel refused to say what it knows of Landlock (${code})`,
    remedy: 'where this is a container, let its seccomp profile allow the landlock system calls',
  };
}

function activeModules(): string {
  try {
    return readFileSync('/sys/kernel/security/lsm', 'latin1').trim();
  } catch {
    return '…';
  }
}

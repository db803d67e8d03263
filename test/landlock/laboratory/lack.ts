import { readFileSync } from 'node:fs';
import { type Lack, lacksLandlock } from '../../support/requirements.js';

/** Why the laboratory cannot be set up on this machine; undefined when it can. */
export function lacksLaboratory(): Lack {
  const known = process.arch === 'x64' || process.arch === 'arm64';
  if (!known) return `the laboratory has no program for ${process.arch}`;
  return lacksLandlock() ?? lacksCapabilities();
}

/** What namespaces, mounts, devices, handles and tracing ask for: <linux/capability.h>. */
const needed = {
  CAP_DAC_READ_SEARCH: 2,
  CAP_NET_ADMIN: 12,
  CAP_SYS_CHROOT: 18,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_MKNOD: 27,
} as const;

/** A container's root often has but a part of root's capabilities. */
function lacksCapabilities(): Lack {
  const status = readFileSync('/proc/self/status', 'latin1');
  const effective = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(status)?.[1] ?? '0'}`);
  const missing = Object.entries(needed)
    .filter(([, bit]) => (effective & (1n << BigInt(bit))) === 0n)
    .map(([name]) => name);
  return missing.length === 0
    ? undefined
    : `asking the kernel in a laboratory needs ${missing.join(', ')}`;
}

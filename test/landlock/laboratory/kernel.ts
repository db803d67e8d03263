import { newestAbi } from '../../../landlock/abi.js';
import { landlockSupport } from '../../../landlock/support.js';

/** What of a kernel Landlock's answers depend on. */
export interface Kernel {
  readonly abi: number;
  /** What was corrected, as the kernel tells: bit 0 is erratum 1. */
  readonly errata: number;
}

/** The kernel that the stated cases are written for. */
export const statedKernel: Kernel = { abi: 7, errata: 0b0111 };

/** Kernels of distributions that all cases were put to as well: docs/conformance.md. */
export const otherKernels: readonly (Kernel & { readonly release: string })[] = [
  { release: '5.15.0-204-generic', abi: 1, errata: 0b1000 },
  { release: '6.1.0-56-amd64', abi: 2, errata: 0b1100 },
  { release: '6.2.0-39-generic', abi: 3, errata: 0 },
  { release: '6.8.0-151-generic', abi: 4, errata: 0b1101 },
  { release: '6.12.117+deb12-amd64', abi: 6, errata: 0b1111 },
  { release: '7.0.13+deb13-amd64', abi: 8, errata: 0b0111 },
  { release: '7.1.13+deb13-amd64', abi: 9, errata: 0b0111 },
  { release: '7.2.13+deb14-amd64', abi: 10, errata: 0b1111 },
  { release: '7.3.4+deb13-amd64', abi: 11, errata: 0b1111 },
];

/** The kernel that runs here; without Landlock, one of an ABI before the first. */
export function runningKernel(): Kernel {
  const support = landlockSupport();
  if (!support.available) return { abi: 0, errata: 0 };
  return { abi: Math.min(support.abi, newestAbi), errata: support.errata };
}

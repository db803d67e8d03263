import { libc } from './libc.js';

const getxattr = libc<[Buffer, Buffer, null, number], number>(
  'long getxattr(void *path, void *name, void *value, unsigned long size)',
);

const name = Buffer.from('security.capability\0');

/** Whether a program has capabilities of its own, which executing it would give: capabilities(7). */
export function hasFileCapabilities(path: Buffer): boolean {
  return getxattr(Buffer.concat([path, Buffer.alloc(1)]), name, null, 0) > 0;
}

import type { Abstraction } from './abstraction.js';

export const ownProcess: Abstraction = {
  name: 'own-process',
  what: 'what the kernel tells a process of itself',
  reason: 'allocators, garbage collectors, debuggers and loaders',
  source: 'proc(5)',
  parts: [{ access: ['read_file', 'read_dir'], hierarchies: ['/proc/self', '/proc/thread-self'] }],
};

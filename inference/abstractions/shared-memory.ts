import type { Abstraction } from './abstraction.js';

export const sharedMemory: Abstraction = {
  name: 'shared-memory',
  what: 'shared memory',
  reason: 'whoever calls shm_open(3) or sem_open(3)',
  source: 'shm_overview(7), sem_overview(7)',
  parts: [
    {
      access: ['read_file', 'write_file', 'truncate', 'make_reg', 'remove_file', 'read_dir'],
      hierarchies: ['/dev/shm'],
    },
  ],
};

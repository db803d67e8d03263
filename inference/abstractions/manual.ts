import type { Abstraction } from './abstraction.js';

export const manual: Abstraction = {
  name: 'manual',
  what: 'manual pages',
  reason: 'man(1) and whoever shows them',
  source: 'man(1), manpath(5); packages man-db, manpages',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/man', '/var/cache/man'],
      foreseen: 'who looks up one page looks up others',
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['/usr/local/share/man', '/usr/local/man'] },
    { access: ['read_file'], files: ['/etc/manpath.config', '/usr/lib/man-db/libman*.so'] },
  ],
};

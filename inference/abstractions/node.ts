import type { Abstraction } from './abstraction.js';

export const node: Abstraction = {
  name: 'node',
  what: 'Node.js and its modules',
  reason: 'programs in JavaScript',
  source: 'node(1); packages nodejs, libnode*, node-*',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/node', '/usr/bin/nodejs'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/usr/share/nodejs',
        '/usr/share/node',
        '/usr/lib/nodejs',
        '/usr/lib/${ARCH}/nodejs',
      ],
      foreseen: 'other work needs other modules',
    },
    {
      // Where people install by npm.
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/lib/node_modules', '/usr/local/lib/node_modules'],
    },
    { access: ['read_file'], files: ['/usr/lib/${ARCH}/libnode.so.*'] },
  ],
};

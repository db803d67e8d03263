import type { Abstraction } from './abstraction.js';

export const python: Abstraction = {
  name: 'python',
  what: 'Python and its library',
  reason: 'programs in Python',
  source: 'python3(1), site; packages python3.*-minimal, libpython3.*-stdlib, python3-*',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/python3', '/usr/bin/python3.*'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/lib/python3', '/usr/lib/python3.*', '/usr/share/python3'],
      foreseen: 'other work needs other modules',
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/local/lib/python3.*', '/etc/python3', '/etc/python3.*'],
    },
    { access: ['read_file'], files: ['/usr/lib/${ARCH}/libpython3.*.so.*'] },
  ],
};

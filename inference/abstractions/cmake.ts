import type { Abstraction } from './abstraction.js';

export const cmake: Abstraction = {
  name: 'cmake',
  what: 'modules and templates of CMake',
  reason: 'whoever builds with cmake(1)',
  source: 'cmake(1), cmake-modules(7); package cmake-data',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/cmake', '/usr/share/cmake-*'],
      foreseen: 'another project asks for other modules',
    },
  ],
};

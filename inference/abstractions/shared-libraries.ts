import type { Abstraction } from './abstraction.js';

export const sharedLibraries: Abstraction = {
  name: 'shared-libraries',
  what: 'shared libraries of the distribution',
  reason: 'the dynamic loader maps what a program is linked with; each library alone',
  source: 'ld.so(8), hier(7); multi-arch library directories',
  parts: [
    {
      access: ['read_file'],
      files: [
        '/usr/lib/${ARCH}/lib*.so',
        '/usr/lib/${ARCH}/lib*.so.*',
        '/usr/lib/${ARCH}/security/lib*.so.*',
      ],
    },
  ],
};

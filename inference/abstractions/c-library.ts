import type { Abstraction } from './abstraction.js';

export const cLibrary: Abstraction = {
  name: 'c-library',
  what: 'the dynamic loader and the C library',
  reason: 'every program that is linked dynamically',
  source: 'ld.so(8); packages libc6, libc-bin, libgcc-s1',
  parts: [
    {
      access: ['execute', 'read_file'],
      files: [
        '/usr/lib/${ARCH}/ld-linux-*.so.*',
        '/usr/lib64/ld-linux-*.so.*',
        '/usr/lib/ld-linux-*.so.*',
      ],
    },
    {
      access: ['read_file'],
      files: [
        '/etc/ld.so.cache',
        '/etc/ld.so.preload',
        '/usr/lib/${ARCH}/libc.so.6',
        '/usr/lib/${ARCH}/libm.so.6',
        '/usr/lib/${ARCH}/libmvec.so.1',
        '/usr/lib/${ARCH}/libdl.so.2',
        '/usr/lib/${ARCH}/librt.so.1',
        '/usr/lib/${ARCH}/libpthread.so.0',
        '/usr/lib/${ARCH}/libutil.so.1',
        '/usr/lib/${ARCH}/libanl.so.1',
        '/usr/lib/${ARCH}/libresolv.so.2',
        '/usr/lib/${ARCH}/libgcc_s.so.1',
      ],
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['/usr/lib/${ARCH}/glibc-hwcaps'] },
  ],
};

import type { Abstraction } from './abstraction.js';

export const selinux: Abstraction = {
  name: 'selinux',
  what: 'whether SELinux is on',
  reason: 'libselinux, with which coreutils and others are linked, looks as it is loaded',
  source: 'selinux(8); package libselinux1',
  parts: [
    {
      access: ['read_file'],
      files: [
        '/proc/filesystems',
        '/usr/lib/${ARCH}/libselinux.so.1',
        '/usr/lib/${ARCH}/libpcre2-8.so.*',
      ],
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['/etc/selinux'] },
  ],
};

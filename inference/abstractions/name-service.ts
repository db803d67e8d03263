import type { Abstraction } from './abstraction.js';

export const nameService: Abstraction = {
  name: 'name-service',
  what: 'names of users and groups',
  reason: 'whoever calls getpwuid(3) or getgrnam(3)',
  source: 'nsswitch.conf(5), nss(5); packages libc6, base-passwd',
  parts: [
    {
      access: ['read_file'],
      files: ['/etc/nsswitch.conf', '/etc/passwd', '/etc/group', '/usr/lib/${ARCH}/libnss_*.so.*'],
    },
    {
      access: ['read_file', 'resolve_unix'],
      files: [
        '/run/nscd/socket',
        '/run/systemd/userdb/io.systemd.DynamicUser',
        '/run/systemd/userdb/io.systemd.Multiplexer',
      ],
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['/run/systemd/userdb'] },
  ],
};

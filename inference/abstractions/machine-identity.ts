import type { Abstraction } from './abstraction.js';

export const machineIdentity: Abstraction = {
  name: 'machine-identity',
  what: 'which machine and distribution this is',
  reason: 'whoever tells machines apart: D-Bus, journals, installers',
  source: 'machine-id(5), os-release(5), hostname(5)',
  parts: [
    {
      access: ['read_file'],
      files: [
        '/etc/machine-id',
        '/var/lib/dbus/machine-id',
        '/etc/os-release',
        '/usr/lib/os-release',
        '/etc/lsb-release',
        '/etc/debian_version',
        '/etc/hostname',
      ],
    },
  ],
};

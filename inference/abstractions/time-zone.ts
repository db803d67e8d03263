import type { Abstraction } from './abstraction.js';

export const timeZone: Abstraction = {
  name: 'time-zone',
  what: 'the time zone',
  reason: 'whoever calls localtime(3)',
  source: 'tzset(3), tzfile(5); package tzdata',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/zoneinfo', '/usr/share/zoneinfo-icu'],
    },
    { access: ['read_file'], files: ['/etc/localtime', '/etc/timezone'] },
  ],
};

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
      foreseen: 'another person lives elsewhere, and dates tell of other places',
    },
    { access: ['read_file'], files: ['/etc/localtime', '/etc/timezone'] },
  ],
};

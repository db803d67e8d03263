import type { Abstraction } from './abstraction.js';

export const terminal: Abstraction = {
  name: 'terminal',
  what: 'the terminal that a program runs on',
  reason: 'whoever talks to a person',
  source: 'tty(4), pts(4)',
  parts: [
    { access: ['read_file', 'write_file', 'ioctl_dev'], files: ['/dev/tty', '/dev/console'] },
    { access: ['read_file', 'write_file', 'ioctl_dev'], hierarchies: ['/dev/pts'] },
  ],
};

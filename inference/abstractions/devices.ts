import type { Abstraction } from './abstraction.js';

export const devices: Abstraction = {
  name: 'devices',
  what: 'devices that hold nothing',
  reason: 'nearly every program: nothing, noughts and random numbers',
  source: 'null(4), random(4), full(4)',
  parts: [
    {
      access: ['read_file', 'write_file', 'ioctl_dev'],
      files: ['/dev/null', '/dev/zero', '/dev/full'],
    },
    { access: ['read_file'], files: ['/dev/random', '/dev/urandom'] },
  ],
};

import type { Abstraction } from './abstraction.js';

export const groff: Abstraction = {
  name: 'groff',
  what: 'macros and fonts of troff',
  reason: 'groff(1), with which man(1) sets its pages',
  source: 'groff(1), groff_font(5); package groff-base',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/groff', '/usr/lib/groff/site-tmac', '/etc/groff'],
      foreseen: 'another page is set in other macros, fonts and languages',
    },
  ],
};

import type { Abstraction } from './abstraction.js';

export const fonts: Abstraction = {
  name: 'fonts',
  what: 'fonts and where they are',
  reason: 'whoever draws text: fontconfig',
  source: 'fonts-conf(5); packages fontconfig-config, libfontconfig1',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/etc/fonts',
        '/usr/share/fonts',
        '/usr/share/fontconfig',
        '/var/cache/fontconfig',
      ],
      foreseen: 'another text has other letters, which are in other fonts',
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/usr/local/share/fonts',
        '${HOME}/.fonts',
        '${XDG_DATA_HOME}/fonts',
        '${XDG_CACHE_HOME}/fontconfig',
        '${XDG_CONFIG_HOME}/fontconfig',
      ],
    },
  ],
};

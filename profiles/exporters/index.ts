import { c } from './c.js';
import type { Exporter } from './exporter.js';
import { firejail } from './firejail.js';
import { go } from './go.js';
import { html } from './html.js';
import { island } from './island.js';
import { landlockconfigJson, landlockconfigToml } from './landlockconfig.js';
import { landrun } from './landrun.js';
import { markdown } from './markdown.js';
import { minijail } from './minijail.js';
import { podlock } from './podlock.js';
import { rust } from './rust.js';
import { sandboxer } from './sandboxer.js';
import { setpriv } from './setpriv.js';
import { syd } from './syd.js';
import { systemd } from './systemd.js';

/** Every format that a profile can be exported to. */
export const exporters: readonly Exporter[] = [
  landlockconfigToml,
  landlockconfigJson,
  island,
  setpriv,
  landrun,
  sandboxer,
  go,
  rust,
  c,
  firejail,
  minijail,
  syd,
  podlock,
  systemd,
  markdown,
  html,
];

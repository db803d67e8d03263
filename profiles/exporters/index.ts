import type { Exporter } from './exporter.js';
import { landlockconfigJson, landlockconfigToml } from './landlockconfig.js';
import { setpriv } from './setpriv.js';

/** Every format that a profile can be exported to. */
export const exporters: readonly Exporter[] = [landlockconfigToml, landlockconfigJson, setpriv];

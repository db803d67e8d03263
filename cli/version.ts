import { readFileSync } from 'node:fs';
import { newestAbi } from '../landlock/abi.js';

/** Our name and version, as package.json has them: `ll-learn 0.1.0`. */
export function toolName(): string {
  return `ll-learn ${packageVersion()}`;
}

/** What `--version` prints. */
export function versionText(): string {
  return `${toolName()}\nKnows Landlock up to ABI ${newestAbi}.\n`;
}

function packageVersion(): string {
  // From cli/ in the sources, or from dist/cli/ when built.
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      return String(version);
    } catch {
      // It is at the other place.
    }
  }
  return 'of unknown version';
}

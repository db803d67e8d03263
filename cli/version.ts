import { createRequire } from 'node:module';
import { newestAbi } from '../landlock/abi.js';

/** Our name and version, as package.json has them: `ll-learn 0.1.0`. */
export function toolName(): string {
  return `ll-learn ${packageVersion()}`;
}

/** What `--version` prints. */
export function versionText(): string {
  return `${toolName()}\nKnows Landlock up to ABI ${newestAbi}.\n`;
}

/** As package.json has it. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('#package') as { readonly version: string };
  return version;
}

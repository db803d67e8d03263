import { readdirSync, readFileSync } from 'node:fs';

/**
 * The id of the process whose command line holds these words. @throws where there is none: what is
 * sent to no process would go to the whole group of our own (kill(2)).
 */
export function processWith(words: string): number {
  const found = readdirSync('/proc').find(
    (name) =>
      /^\d+$/.test(name) && Number(name) !== process.pid && commandLine(name).includes(words),
  );
  if (found === undefined) throw new Error(`no process has "${words}" in its command line`);
  return Number(found);
}

/** Words with spaces between them; empty where the process has ended. */
function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

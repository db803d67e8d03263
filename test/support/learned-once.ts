import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a profile or a trace as it was learned the first time that it was asked for by this key,
 * and as it were of this directory. So each process learns it once.
 *
 * @param learn - writes the file.
 */
export async function learnedOnce(
  key: string,
  file: string,
  directory: string,
  learn: () => Promise<void> | void,
): Promise<void> {
  const known = texts.get(key);
  if (known !== undefined) return writeFileSync(file, known.replaceAll(here, directory));
  await learn();
  texts.set(key, readFileSync(file, 'utf8').replaceAll(directory, here));
}

/** What stands for the directory: no path has it. */
const here = '\0here';

const texts = new Map<string, string>();

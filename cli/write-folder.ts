import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FolderFile } from '../profiles/exporters/exporter.js';
import { CommandError } from './errors.js';
import { writeFileWhole } from './write-file.js';

/**
 * Writes files into a folder, which is made where it is missing; others in it are left alone.
 *
 * @throws CommandError when it cannot be made or written.
 */
export function writeFolder(folder: string, files: readonly FolderFile[]): void {
  for (const { path, text } of files) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new CommandError(`cannot make the directory ${dirname(file)}: ${code}`);
    }
    writeFileWhole(file, [text], 'the export');
  }
}

import type { Program } from '../program.js';
import { archivePrograms } from './archives.js';
import { buildingPrograms } from './building.js';
import { languagePrograms } from './languages.js';
import { networkPrograms } from './network.js';
import { textPrograms } from './text.js';

/** What is evaluated: programs as Debian packages them. */
export const corpus: readonly Program[] = [
  ...textPrograms,
  ...archivePrograms,
  ...languagePrograms,
  ...buildingPrograms,
  ...networkPrograms,
];

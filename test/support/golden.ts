import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

/**
 * Compares a text with the golden file of that name. `UPDATE_GOLDEN=1` writes it instead, to be
 * read in the difference before it is committed.
 */
export function equalsGolden(text: string, name: string): void {
  const file = new URL(`../golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  assert.ok(existsSync(file), `there is no golden file ${name}: UPDATE_GOLDEN=1 makes it`);
  assert.fixture(text, readFileSync(file, 'utf8'));
}

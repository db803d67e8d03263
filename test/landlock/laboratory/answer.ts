import { readFileSync, writeFileSync } from 'node:fs';
import { Laboratory } from './laboratory.js';
import type { Scenario } from './scenario.js';

/** Reads scenarios from its standard input, and writes how the kernel lets them end. */

const scenarios = JSON.parse(readFileSync(0, 'utf8')) as readonly Scenario[];
const laboratory = new Laboratory();
try {
  const ends = scenarios.flatMap((scenario) => laboratory.endsOf([scenario]));
  writeFileSync(1, JSON.stringify(ends));
} finally {
  laboratory.close();
}

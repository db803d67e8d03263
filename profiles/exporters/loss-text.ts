import { hasEscapedBytes, pathToBytes } from '../../kernel/path-bytes.js';
import type { ProfileCreation } from '../profile.js';
import { effectOf, type Loss } from './loss.js';
import { shellWord } from './shell.js';

/** A loss as a sentence: whether it loosens or tightens, and what that means. */
export function lossText(loss: Loss): string {
  return `${effectOf(loss)}: ${sentence(loss)}`;
}

function sentence(loss: Loss): string {
  switch (loss.kind) {
    case 'unrestricted':
      return `not restricted at all: ${list(loss.rights)} (${loss.why})`;
    case 'widened':
      return `granted besides, for lack of finer words: ${list(loss.rights)}, on ${paths(loss.paths)}`;
    case 'lifted':
      return `granted on all of ${shown(loss.to)}, since single files cannot be: ${paths(loss.paths)}`;
    case 'withheld':
      return `denied: ${list(loss.rights)}, on ${paths(loss.paths)} (${loss.why})`;
    case 'restricted':
      return `restricted as well, where the kernel knows it, though the profile does not: ${list(loss.rights)}`;
    case 'unwritable':
      return `left out, so that what it allows is denied: the rule on ${shown(loss.path)} (${loss.why})`;
    case 'unplaced':
      return `left out, so that what they allow is denied: the rules with \${${loss.name}}, which ${loss.why}`;
    case 'oversized':
      return `it cannot be run: ${loss.what} take ${loss.bytes} bytes, and the kernel usually takes ${loss.most} (E2BIG); fewer rules are shorter (--fold broad, --max-rules N)`;
    case 'creation':
      return `it makes nothing beforehand; run: ${creationCommand(loss.creation)}`;
  }
}

/** The command of a shell that makes what a profile wants to exist, and leaves alone what is there. */
export function creationCommand({ path, kind, mode }: ProfileCreation): string {
  const octal = mode.toString(8).padStart(4, '0');
  const word = shellWord(path);
  const make =
    kind === 'directory' ? `mkdir -m ${octal} ${word}` : `install -m ${octal} /dev/null ${word}`;
  return `[ -e ${word} ] || ${make}`;
}

function list(rights: readonly string[]): string {
  return rights.join(', ');
}

/** Enough to know what is meant; the rest is counted. */
const mostPaths = 4;

function paths(all: readonly string[]): string {
  const more = all.length - mostPaths;
  const first = all.slice(0, mostPaths).map(shown).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}

/** Names are chosen by whoever makes the files, and this goes to a terminal. */
function shown(path: string): string {
  if (hasEscapedBytes(path)) return `the bytes ${pathToBytes(path).toString('hex')}`;
  return /^[\x21-\x7e]+$/.test(path) ? path : JSON.stringify(path).replace(invisible, escaped);
}

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

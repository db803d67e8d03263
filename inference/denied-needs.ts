import {
  accessSet,
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  isRightOf,
  type NetAccess,
  union,
} from '../landlock/access-set.js';
import type { CountedDenial } from '../tracer/audit/read-denials.js';
import type { Census } from './census.js';
import type { Use } from './inference.js';
import type { Needs, PathNeed } from './needs.js';

/**
 * What would have had to be granted so that nothing of this had been denied: the blockers, and not
 * all of them where a move was refused.
 */
export function deniedNeeds(denials: readonly CountedDenial[], abi: number, census: Census): Needs {
  const paths: PathNeed[] = [];
  const ports: { port: number; access: NetAccess; use: Use }[] = [];
  const scopes: Needs['scopes'][number][] = [];
  const topology: Use[] = [];
  for (const denial of denials) {
    const use = useOf(denial);
    const { object, blockers } = denial;
    switch (object.kind) {
      case 'path': {
        const access = intersection(neededOf(denial, denials), allAccess('fs', abi));
        const directory =
          difference(access, fileAccess) !== 0 || census.leftAs(object.path) === 'directory';
        const node = census.tree.at(object.path);
        if (blockers.includes('fs.change_topology')) topology.push(use);
        if (access !== 0) {
          paths.push({ node, directory, access, use, why: 'observed', makes: undefined });
        }
        break;
      }
      case 'port': {
        const access = intersection(
          accessSet('net', namesIn('net', blockers)),
          allAccess('net', abi),
        );
        if (access !== 0) ports.push({ port: object.port, access, use });
        break;
      }
      case 'abstract-socket':
      case 'process':
        if (blockers.includes('ptrace')) topology.push(use);
        for (const scope of namesIn('scope', blockers)) scopes.push({ scope, use });
        break;
    }
  }
  return { paths, ports, scopes, moves: [], topology, crossings: [] };
}

/** A record may have come without the one that tells who asked. */
function useOf({ asker, count }: CountedDenial): Use {
  const { executable = 'a program', call = 'denied' } = asker;
  return { executable, call, count };
}

function neededOf(denial: CountedDenial, denials: readonly CountedDenial[]): FsAccess {
  const blocked = blockedAt(denial);
  const next = accessSet('fs', namesIn('fs', denial.next ?? []));
  if (!comparesAll(blocked)) return union(blocked, next);
  const refer = intersection(blocked, fsAccess('refer'));
  const { move, object } = denial;
  if (move === undefined || object.kind !== 'path' || object.path !== move.from) return refer;
  const other = denials.find((one) => isOtherEnd(one, denial));
  return other === undefined ? refer : union(refer, gainOf(denial, other));
}

function blockedAt({ blockers }: CountedDenial): FsAccess {
  return accessSet('fs', namesIn('fs', blockers));
}

/**
 * Whether the record is of a move that was refused since the object would have gained rights
 * (EXDEV). The kernel then compares every right that is handled, and its record names all of those
 * that the directory lacks, whatever the move itself asks (is_access_to_paths_allowed and
 * landlock_log_denial). No call asks for rights of files and in directories at once.
 */
function comparesAll(blocked: FsAccess): boolean {
  const moving = fsAccess(
    'refer',
    'remove_dir',
    'remove_file',
    'make_char',
    'make_dir',
    'make_reg',
    'make_sock',
    'make_fifo',
    'make_block',
    'make_sym',
  );
  return intersection(blocked, moving) !== 0 && difference(blocked, moving) !== 0;
}

function isOtherEnd(one: CountedDenial, { move, asker }: CountedDenial): boolean {
  return (
    one.object.kind === 'path' &&
    one.object.path === move?.to &&
    one.move?.from === move.from &&
    one.asker.executable === asker.executable
  );
}

/**
 * What the source has to be granted so that nothing is gained: all that the destination has and it
 * lacks. Of what is no directory the kernel compares the rights of files alone.
 */
function gainOf(source: CountedDenial, destination: CountedDenial): FsAccess {
  const gain = difference(blockedAt(source), blockedAt(destination));
  return isOfDirectory(source) ? gain : intersection(gain, fileAccess);
}

/**
 * A rename that was not refused for a missing right to remove files, though that is missing, is of
 * a directory. Where both rights to remove are granted there is no telling: most are of files.
 */
function isOfDirectory(source: CountedDenial): boolean {
  const isLink = /^link/.test(source.asker.call ?? '');
  return !isLink && intersection(blockedAt(source), fsAccess('remove_file')) !== 0;
}

/** The names that are of a class, without its prefix. What we do not know is no name of ours. */
function namesIn<Class extends 'fs' | 'net' | 'scope'>(
  accessClass: Class,
  blockers: readonly string[],
) {
  const prefix = `${accessClass}.`;
  return blockers
    .filter((blocker) => blocker.startsWith(prefix))
    .map((blocker) => blocker.slice(prefix.length))
    .filter((name) => isRightOf(accessClass, name));
}

import { hasEscapedBytes } from '../kernel/path-bytes.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { AmbientName, AmbientVariables } from '../tracer/ambient-names.js';
import { temporaryPlaces, whyUnfit } from './fitness.js';
import { escapeTemplate } from './templates.js';

/**
 * Spells paths by what is another for every user and machine, so that they mean the same for others:
 * `${HOME}/.gitconfig` for `/home/alice/.gitconfig`. What its variables stand for, each path spelled
 * so is again.
 */
export class PortableSpelling {
  readonly #places: readonly Place[];
  readonly #variables: AmbientVariables;

  /** @param variables - what they stood for where the paths were met; without any, paths stay. */
  constructor(variables: AmbientVariables) {
    this.#variables = variables;
    this.#places = placeNames
      .flatMap((name) => {
        const path = variables[name];
        return path === undefined || whyUnfit(name, variables) !== undefined
          ? []
          : [{ name, path, alone: temporaryPlaces.has(path) }];
      })
      // The longest first: what lies in a home's cache is in the cache before it is in the home.
      .sort((one, other) => other.path.length - one.path.length);
  }

  /** The template of a path. One that is no UTF-8 stays: it stands in a file as its bytes alone. */
  template(path: string): string {
    if (hasEscapedBytes(path)) return escapeTemplate(path);
    const place = this.#places.find((each) => holds(each, path));
    if (place !== undefined) {
      return `\${${place.name}}${escapeTemplate(path.slice(place.path.length))}`;
    }
    return withUser(this.#withMachine(escapeTemplate(path)), this.#variables.UID);
  }

  /** Words for people, whose paths are spelled so. */
  text(words: string): string {
    let spelled = words;
    for (const { name, path, alone } of this.#places) {
      const end = alone ? '(?![\\w./-])' : '(?![\\w.-])';
      const found = new RegExp(`(?<![\\w./-])${literally(path)}${end}`, 'g');
      spelled = spelled.replace(found, () => `\${${name}}`);
    }
    return spelled;
  }

  /** What is the machine's is so in directories of the system alone: a project may name anything. */
  #withMachine(template: string): string {
    if (!/^\/(usr|lib\w*|etc)\//.test(template)) return template;
    const { MULTIARCH: tuple, LOADER: loader } = this.#variables;
    const named =
      tuple === undefined ? template : template.replaceAll(wholeWord(tuple), () => '${MULTIARCH}');
    if (loader === undefined || !named.endsWith(`/${loader}`)) return named;
    return `${named.slice(0, -loader.length)}\${LOADER}`;
  }
}

interface Place {
  readonly name: AmbientName;
  readonly path: string;
  /** Whether it is called so itself, and not what has names in it: everybody knows those names. */
  readonly alone: boolean;
}

/** Of two that stand for the same, the first is meant. */
const placeNames: readonly AmbientName[] = [
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'TMPDIR',
  'WORKDIR',
];

function holds({ path, alone }: Place, other: string): boolean {
  return alone ? path === other : isBeneath(other, path);
}

function literally(text: string): string {
  return text.replace(/[^\w/]/gu, '\\$&');
}

function wholeWord(tuple: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${tuple}(?![A-Za-z0-9_])`, 'g');
}

/** `/run/user/1000`, and names for one user among everybody's temporary files: `/tmp/tmux-1000`. */
function withUser(template: string, uid: string | undefined): string {
  // A name with a 0 at its end is no name for root.
  const named = uid === '0' ? ofUser : ofUserOrNamed;
  const [whole, before = '', number] = named.exec(template) ?? [];
  if (whole === undefined || number !== uid) return template;
  return `${before}\${UID}${template.slice(whole.length)}`;
}

const ofUser = /^(\/run\/user\/)(\d+)(?=\/|$)/;
const ofUserOrNamed =
  /^(\/run\/user\/|\/(?:tmp|var\/tmp|dev\/shm)\/[^/]*[A-Za-z][-_.])(\d+)(?=\/|$)/;

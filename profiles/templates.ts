/** Something wrong with a template, in words. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** The template that stands for exactly this text. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/**
 * Every text that a template stands for: `${name}` is any of the variable's values (several
 * variables give all combinations), `$$` a dollar sign. Values are not templates themselves.
 *
 * @throws TemplateError for an unknown variable or a stray dollar sign.
 */
export function expandTemplate(
  template: string,
  variables: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  let texts = [''];
  for (const part of template.matchAll(parts)) {
    const values = valuesOf(part[0], part[1], variables);
    if (texts.length * values.length > mostTexts) {
      throw new TemplateError(
        `it stands for more than ${mostTexts} paths: give its variables fewer values`,
      );
    }
    texts = texts.flatMap((text) => values.map((value) => text + value));
  }
  return texts;
}

/** Each variable multiplies: a few of them with a few values would fill any memory. */
const mostTexts = 10_000;

/** The names of the variables in a template, in its order. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(parts)].flatMap(([, name]) => name ?? []);
}

const parts = /\$\{([A-Za-z][A-Za-z0-9_]*)\}|\$\$|\$|[^$]+/g;

function valuesOf(
  part: string,
  name: string | undefined,
  variables: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (name !== undefined) {
    const values = variables.get(name);
    if (values === undefined) throw new TemplateError(`the variable \${${name}} is not defined`);
    return values;
  }
  if (part === '$$') return ['$'];
  if (part === '$') {
    throw new TemplateError('a dollar sign begins no variable; write $$ for the sign itself');
  }
  return [part];
}

import { posix } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { InputError } from './input-error.ts';

const registryShape = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) }),
  ),
});

/**
 * The subgraphs that the text of a rover.yaml names, with their files relative to the root. It is read more leniently
 * than the registry of the working tree: what was committed can no longer be mended.
 * @throws {InputError} when it is no registry at all
 */
export function subgraphsOfRegistry(
  text: string,
  origin: string,
): { readonly name: string; readonly routingUrl: string; readonly file: string }[] {
  const document = parseDocument(text, { prettyErrors: false });
  const parsed = registryShape.safeParse(document.errors.length > 0 ? null : document.toJS());
  if (!parsed.success) {
    throw new InputError(
      'BASE_UNREADABLE',
      `Expected rover.yaml of ${origin} to name subgraphs with a routing_url and a schema.file each, and it does not.`,
      'Name another base by --base.',
    );
  }
  return Object.entries(parsed.data.subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    routingUrl: routing_url,
    file: posix.normalize(schema.file),
  }));
}

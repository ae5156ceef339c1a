import type { CreateCollectionInput } from '../__generated__/resolvers-types.ts';
import { checkDescription, checkName, checkSlug, checkTextTranslations } from '../input/checks.ts';
import { nameKey } from '../name-key.ts';
import type { Outcome } from '../problem.ts';
import { commit, type Work } from '../work.ts';
import { Collection, CollectionTranslation } from './collection.entity.ts';

/** Makes a collection, empty at first. */
export async function makeCollection(
  work: Work,
  input: CreateCollectionInput,
): Promise<Outcome<'invalid-input' | 'slug-taken'>> {
  const { slug, description = '', translations = [] } = input;
  const name = input.name.trim();
  const problem =
    checkSlug('input.slug', slug) ??
    checkName('input.name', input.name) ??
    checkDescription('input.description', description) ??
    checkTextTranslations('input.translations', translations);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    if ((await tx.count(Collection, { slug })) > 0) return { problem: 'slug-taken', slug };
    const now = work.clock.now();
    const id = work.newId();
    tx.create(Collection, {
      id,
      slug,
      name,
      nameKey: nameKey(name),
      description,
      createdAt: now,
      updatedAt: now,
    });
    for (const text of translations) {
      tx.create(CollectionTranslation, {
        collection: id,
        locale: text.locale,
        name: text.name.trim(),
        description: text.description ?? null,
      });
    }
    return { problem: null, id };
  });
}

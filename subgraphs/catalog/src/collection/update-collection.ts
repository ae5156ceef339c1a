import type { UpdateCollectionInput } from '../__generated__/resolvers-types.ts';
import {
  type Check,
  checkDescription,
  checkGiven,
  checkName,
  checkSlug,
  checkTextTranslations,
} from '../input/checks.ts';
import { nameKey } from '../name-key.ts';
import type { Outcome } from '../problem.ts';
import { changeTime, commit, type Work } from '../work.ts';
import { Collection, CollectionTranslation } from './collection.entity.ts';
import { lockCollection } from './lock-collection.ts';

/** Changes what is given, if the collection is still as the change was made from. */
export async function changeCollection(
  work: Work,
  input: UpdateCollectionInput,
): Promise<Outcome<'invalid-input' | 'collection-not-found' | 'stale-version' | 'slug-taken'>> {
  const problem = checkChanges(input);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const collection = await lockCollection(tx, input.id);
    if (collection === null) return { problem: 'collection-not-found', collectionId: input.id };
    const { expectedVersion } = input;
    if (collection.version !== expectedVersion) {
      return { problem: 'stale-version', expectedVersion, currentVersion: collection.version };
    }
    const slug = input.slug ?? collection.slug;
    if (slug !== collection.slug && (await tx.count(Collection, { slug })) > 0)
      return { problem: 'slug-taken', slug };

    collection.slug = slug;
    collection.name = input.name?.trim() ?? collection.name;
    collection.nameKey = nameKey(collection.name);
    collection.description = input.description ?? collection.description;
    collection.updatedAt = changeTime(work, collection.updatedAt);
    const texts = input.translations ?? [];
    await tx.nativeDelete(CollectionTranslation, {
      collection: collection.id,
      locale: { $in: texts.map(({ locale }) => locale) },
    });
    for (const { locale, name, description } of texts) {
      tx.create(CollectionTranslation, {
        collection: collection.id,
        locale,
        name: name.trim(),
        description: description ?? null,
      });
    }
    return { problem: null, id: collection.id };
  });
}

function checkChanges({ slug, name, description, translations }: UpdateCollectionInput): Check {
  return (
    checkGiven('input.slug', slug, checkSlug) ??
    checkGiven('input.name', name, checkName) ??
    checkGiven('input.description', description, checkDescription) ??
    checkTextTranslations('input.translations', translations ?? [])
  );
}

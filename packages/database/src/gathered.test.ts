import { describe, expect, it } from 'vitest';
import { gathered } from './gathered.ts';

interface Book {
  readonly shelf: string;
  readonly title: string;
}

/** A query whose answers come when they are let. */
function library() {
  const asked: (readonly string[])[] = [];
  const waiting: { answer(): void; fail(): void }[] = [];
  const query = (shelves: readonly string[]) => {
    asked.push(shelves);
    return new Promise<Book[]>((resolve, reject) => {
      waiting.push({
        answer: () =>
          resolve(
            shelves
              .filter((shelf) => shelf !== 'empty')
              .flatMap((shelf) => [
                { shelf, title: `${shelf} 1` },
                { shelf, title: `${shelf} 2` },
              ]),
          ),
        fail: () => reject(new Error('The library is closed')),
      });
    });
  };
  const letOne = async (how: 'answer' | 'fail') => {
    waiting.shift()?.[how]();
    await settled();
  };
  return { asked, letOne, books: gathered(query, ({ shelf }) => shelf) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const titles = (books: readonly Book[]) => books.map(({ title }) => title);

describe('what is read by keys for all requests', () => {
  it('is one query for a request that comes alone, at once', async () => {
    const { asked, letOne, books } = library();
    const loader = books.many();
    const both = Promise.all([loader.load('a'), loader.load('empty')]);
    await settled();
    expect(asked).toEqual([['a', 'empty']]);
    await letOne('answer');
    expect((await both).map(titles)).toEqual([['a 1', 'a 2'], []]);
  });

  it('waits for the query that is under way, and goes together as the next', async () => {
    const { asked, letOne, books } = library();
    const first = books.many().load('a');
    await settled();
    const later = [books.many().load('b'), books.many().load('c'), books.many().load('b')];
    await settled();
    expect(asked).toEqual([['a']]);
    await letOne('answer');
    expect(titles(await first)).toEqual(['a 1', 'a 2']);
    expect(asked).toEqual([['a'], ['b', 'c']]);
    await letOne('answer');
    expect((await Promise.all(later)).map((found) => titles(found)[0])).toEqual(['b 1', 'c 1', 'b 1']);
  });

  it('is read after it was asked for, also what is being read for another', async () => {
    const { asked, letOne, books } = library();
    const first = books.one().load('a');
    await settled();
    const again = books.one().load('a');
    await settled();
    await letOne('answer');
    await letOne('answer');
    expect(asked).toEqual([['a'], ['a']]);
    expect([await first, await again].map((book) => book?.title)).toEqual(['a 1', 'a 1']);
    // Nothing is kept.
    const afterwards = books.one().load('empty');
    await settled();
    await letOne('answer');
    expect(await afterwards).toBeNull();
    expect(asked).toHaveLength(3);
  });

  it('fails for those who asked for it together, and for nobody after them', async () => {
    const { letOne, books } = library();
    const first = books.find(['a']);
    const [second, third] = [books.find(['b']), books.find(['c'])];
    const failures = Promise.allSettled([first, second, third]);
    await letOne('answer');
    await letOne('fail');
    expect((await failures).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    const fourth = books.find(['d']);
    await letOne('answer');
    expect([...(await fourth).keys()]).toEqual(['d']);
  });
});

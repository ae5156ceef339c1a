import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';

let tree: TemporaryTree;
beforeEach(() => {
  tree = temporaryTree();
  tree.given('greeting.ts', `export const greeting: string = 'hello';`);
});
afterEach(() => tree.remove());

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function run(file: string, ...args: string[]): Promise<Ended> {
  const runner = join(repository, 'tooling/run.mjs');
  const child = spawn(process.execPath, [runner, file, ...args], { cwd: tree.root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test('a program gets its arguments, is told where it lies, and runs what its files say now', async () => {
  tree.given(
    'main.ts',
    `import { greeting } from './greeting.ts';
    const { tone } = await import('./tone.ts');
    console.log(greeting + tone, ...process.argv.slice(1), import.meta.dirname, import.meta.url);`,
  );
  tree.given('tone.ts', `export const tone = '!';`);
  const place = `${tree.root} file://${tree.root}/main.ts`;
  expect(await run('main.ts', 'a', '--b')).toEqual({
    code: 0,
    output: `hello! ${tree.root}/main.ts a --b ${place}\n`,
  });
  tree.given('tone.ts', `export const tone = '?!';`);
  expect((await run('main.ts')).output).toBe(`hello?! ${tree.root}/main.ts ${place}\n`);
});

test('several start at once, the first time as well', async () => {
  tree.given('main.ts', `import { greeting } from './greeting.ts'; console.log(greeting);`);
  const ended = await Promise.all(Array.from({ length: 4 }, () => run('main.ts')));
  expect(ended).toEqual(Array(4).fill({ code: 0, output: 'hello\n' }));
});

test('a stack trace names the TypeScript', async () => {
  tree.given(
    'main.ts',
    `interface Words {
  readonly text: string;
}
async function speak({ text }: Words): Promise<void> {
  await Promise.resolve();
  throw new Error(text);
}
await speak({ text: 'out of words' });
`,
  );
  const { code, output } = await run('main.ts');
  expect(code).toBe(1);
  expect(output).toContain(`Error: out of words\n    at speak (${tree.root}/main.ts:6:9)`);
  expect(output).toContain(`at async ${tree.root}/main.ts:8:1`);
});

test.each([
  ['a file that does not parse', 'const = 1;', 'main.ts:1:6: ERROR: Expected identifier but found "="'],
  [
    'an import that leads nowhere',
    `import './gone.ts';`,
    'main.ts:1:7: ERROR: Could not resolve "./gone.ts"',
  ],
])('%s is an error with its file and line', async (_, source, message) => {
  tree.given('main.ts', source);
  const { code, output } = await run('main.ts');
  expect(code).toBe(1);
  expect(output).toMatch(/\[ERROR\]/);
  expect(output.replace(/\s+/g, ' ')).toContain(message.split(': ERROR: ')[1]);
  expect(output).toContain(message.split(': ERROR: ')[0]);
});

test('what it is not given, it asks for', async () => {
  const { code, output } = await run('nowhere.ts');
  expect(code).toBe(1);
  expect(output).toContain(`Expected a program to run, found no file at ${join(tree.root, 'nowhere.ts')}`);
});

test('the shop has its packages in its bundle, and runs what is installed now', async () => {
  const install = (version: string, text: string) => {
    const folder = 'node_modules/announcer';
    tree.given(`${folder}/package.json`, JSON.stringify({ name: 'announcer', version, main: 'index.js' }));
    tree.given(
      `${folder}/index.js`,
      `class Loud extends Error { static is(error) { return error instanceof Loud; } }
      exports.Loud = Loud;
      exports.delete = () => ${JSON.stringify(text)};
      exports.whole = exports;`,
    );
  };
  tree.given(
    'host/src/main.ts',
    `import announcer, { delete as say, Loud } from 'announcer';
    import { Loud as Echo } from 'echo';
    const later = await import('announcer');
    console.log(say(), Loud.name, Echo.name, announcer.whole === announcer, later.Loud === Loud);`,
  );
  tree.given('node_modules/echo/package.json', '{"name":"echo","type":"module","main":"index.js"}');
  tree.given('node_modules/echo/index.js', 'export class Loud {}');
  install('1.0.0', 'grüezi');
  for (const _ of ['bundled', 'with the code that was kept'])
    expect(await run('host/src/main.ts')).toEqual({ code: 0, output: 'grüezi Loud Loud true true\n' });
  install('1.0.10', 'salü');
  expect(await run('host/src/main.ts')).toEqual({ code: 0, output: 'salü Loud Loud true true\n' });
});

test('packages of both kinds that import one another are the same to all who import them', async () => {
  const given = (name: string, type: string, files: Readonly<Record<string, string>>) => {
    const folder = `node_modules/${name}`;
    tree.given(`${folder}/package.json`, JSON.stringify({ name, type, main: 'index.js' }));
    for (const [file, text] of Object.entries(files)) tree.given(`${folder}/${file}`, text);
  };
  // It is imported while it is loading, and has more exports afterwards.
  given('old', 'commonjs', {
    'index.js': `exports.early = 1; const { seen } = require('young'); exports.seen = seen; exports.late = 2;`,
  });
  given('young', 'module', {
    'index.js': `import * as old from 'old'; export const seen = old.early; export { late } from './later.js';`,
    'later.js': `import old from 'old'; export const late = () => old.late;`,
  });
  given('third', 'module', {
    'index.js': `import whole, * as old from 'old'; export const all = [old.early, old.seen, old.late, whole.late];`,
  });
  tree.given(
    'host/src/main.ts',
    `import old from 'old'; import { all } from 'third'; import { late } from 'young';
    console.log(old.seen, ...all, late());`,
  );
  expect(await run('host/src/main.ts')).toEqual({ code: 0, output: '1 1 1 2 2 2\n' });
});

test('a package that cannot be bundled stays outside, and the program runs', async () => {
  tree.given('node_modules/waiting/package.json', '{"name":"waiting","type":"module","main":"index.js"}');
  tree.given('node_modules/waiting/index.js', `export const greeting = await Promise.resolve('hello');`);
  tree.given(
    'host/src/main.ts',
    `if (process.argv.length > 2) await import('waiting'); console.log('hello');`,
  );
  const { code, output } = await run('host/src/main.ts');
  expect(code).toBe(0);
  expect(output).toMatch(/^Packages stay outside of the bundle, and the start takes longer: [\s\S]*await/);
  expect(output).toMatch(/\nhello\n$/);
});

test('a program that puts off compiling for speed while it starts does so no longer once it has started', async () => {
  // V8's tag of compiled code is another one for other flags.
  tree.given(
    'main.ts',
    `import { cachedDataVersionTag } from 'node:v8';
    console.log(cachedDataVersionTag());
    setTimeout(() => console.log(cachedDataVersionTag()));`,
  );
  const tags = async (...options: string[]) => {
    const [first = '', ...args] = [...options, 'main.ts'];
    return (await run(first, ...args)).output.trim().split('\n');
  };
  const [usual] = await tags();
  const [starting, started] = await tags('--serve');
  expect(starting).not.toBe(usual);
  expect(started).not.toBe(starting);
});

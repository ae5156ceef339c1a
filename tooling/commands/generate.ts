import { resolve } from 'node:path';
import { generate } from '../generate/generate.ts';
import { GenerateError } from '../generate/generate-error.ts';

// `npm run generate`. Quick and silent when there is nothing to do, as it also runs after every install.
try {
  const written = await generate(resolve(import.meta.dirname, '../..'));
  if (written.length > 0) console.log(`generated ${[...new Set(written)].join(', ')}`);
} catch (error) {
  if (!(error instanceof GenerateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

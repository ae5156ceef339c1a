import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The hash of a generator's inputs. Contents rather than times: a deleted input counts, and so does a checkout.
 * @param inputs texts by name
 */
export function fingerprint(inputs: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const [name, text] of Object.entries(inputs)) hash.update(JSON.stringify([name, text]));
  return hash.digest('hex');
}

interface Stamp {
  readonly inputs: string;
  readonly files: readonly string[];
}

/** Files that one generator owns in one folder, and the record (`.<name>.json`) of what they were made from. */
export class StampedFiles {
  readonly #folder: string;
  readonly #stampFile: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#stampFile = join(folder, `.${name}.json`);
  }

  /** Whether the files were made from these inputs and are all there. */
  areCurrent(inputs: string): boolean {
    const stamp = this.#read();
    return stamp?.inputs === inputs && stamp.files.every((file) => existsSync(join(this.#folder, file)));
  }

  /**
   * Replaces what an earlier run wrote. Each file appears whole, as two runs may go on at once.
   * @param files texts by path relative to the folder; none removes all trace
   */
  replace(inputs: string, files: Readonly<Record<string, string>>): void {
    const old = this.#read()?.files ?? [];
    for (const file of old) if (!(file in files)) rmSync(join(this.#folder, file), { force: true });
    if (Object.keys(files).length === 0) {
      rmSync(this.#stampFile, { force: true });
      return;
    }
    for (const [file, text] of Object.entries(files)) writeWhole(join(this.#folder, file), text);
    const stamp: Stamp = { inputs, files: Object.keys(files) };
    writeWhole(this.#stampFile, JSON.stringify(stamp));
  }

  #read(): Stamp | undefined {
    if (!existsSync(this.#stampFile)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#stampFile, 'utf8')) as Stamp;
    } catch {
      // A stamp that cannot be read only means that the files are made again.
      return undefined;
    }
  }
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

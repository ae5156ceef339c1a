import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Report, runSchemaCheck } from '@stoa/schema-check';
import { type GeneratedFile, generatedGraph } from './generated-graph.ts';

// `npm run bench:schema-check -- [--subgraphs N] [--fields N] [--operations N] [--keep]`: how long the whole check takes
// on a generated graph and on this repository, step by step, against the goals.

interface Goal {
  readonly title: string;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: {
    subgraphs: { type: 'string', default: '200' },
    // Keys and fields of other domains repeat: about 20,000 are left in the API schema.
    fields: { type: 'string', default: '23500' },
    operations: { type: 'string', default: '2000' },
    keep: { type: 'boolean', default: false },
  },
});
const size = {
  subgraphs: Number(values.subgraphs),
  fields: Number(values.fields),
  operations: Number(values.operations),
};

/** What the changes of one pull request look like; each names what it does to the files of the generated graph. */
const changes: readonly {
  readonly title: string;
  readonly edit: (files: readonly GeneratedFile[]) => GeneratedFile[];
}[] = [
  { title: 'nothing has changed', edit: () => [] },
  {
    title: 'one subgraph has changed: a field more, a field less, a field deprecated',
    edit: (files) =>
      edited(files, ['domain-7'], (text) =>
        text
          .replace(
            '"In which state it is."\n  state',
            '"New."\n  brandNew: String\n  "In which state it is."\n  state',
          )
          .replace(/ {2}"[^"]*"\n {2}field3: [^\n]+\n/, '')
          .replace(/(field5: [^\n]+)\n/, '$1 @deprecated(reason: "Use name.")\n'),
      ),
  },
  {
    title: 'a field of one entity has moved to another subgraph',
    edit: (files) =>
      edited(files, ['domain-6'], (text) =>
        text
          .replace('"@key", ', '"@key", "@override", ')
          .replace(
            '  noteOf6: String',
            '  noteOf6: String\n  "Its name."\n  name: String! @override(from: "domain-7")',
          ),
      ),
  },
  {
    title: 'one subgraph has come, which adds a field to every entity',
    edit: (files) => {
      const registry = files.find(({ path }) => path === 'rover.yaml')?.text ?? '';
      const entry =
        '  watcher:\n    routing_url: http://localhost:9999/graphql\n    schema:\n      file: ./subgraphs/watcher/schema.graphql\n';
      const types = Array.from(
        { length: size.subgraphs },
        (_, number) =>
          `"An item that is watched."\ntype Item${number} @key(fields: "id") {\n  "Opaque."\n  id: ID!\n  "How many watch it."\n  watchers: Int\n}\n`,
      );
      const schema = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key"])\n\n${types.join('\n')}`;
      return [
        { path: 'rover.yaml', text: registry + entry },
        { path: 'subgraphs/watcher/schema.graphql', text: schema },
      ];
    },
  },
];

const goal: Goal = { title: `${size.subgraphs} subgraphs, ${size.operations} operations`, seconds: 60 };
const root = mkdtempSync(join(tmpdir(), 'stoa-bench-schema-'));
let met = true;
try {
  const files = generatedGraph(size);
  write(files);
  git('init', '--quiet', '--initial-branch=main');
  commit();
  console.log(`${goal.title}: ${files.length} files in ${root}\n`);
  for (const { title, edit } of changes) {
    const edits = edit(files);
    write(edits);
    tell(title, await check(root), goal);
    write(edits.flatMap(({ path }) => files.find((file) => file.path === path) ?? []));
  }
} finally {
  if (!values.keep) rmSync(root, { recursive: true });
}
const own = resolve(import.meta.dirname, '../..');
tell('this repository', await check(own), { title: 'this repository', seconds: 15 });
if (!met) process.exitCode = 1;

interface Measured {
  readonly report: Report;
  /** Processor time, which the load of the machine does not stretch as it does the time on the clock. */
  readonly cpuSeconds: number;
}

async function check(folder: string): Promise<Measured> {
  const started = process.cpuUsage();
  const report = await runSchemaCheck({ root: folder });
  const { user, system } = process.cpuUsage(started);
  return { report, cpuSeconds: (user + system) / 1e6 };
}

function tell(title: string, { report, cpuSeconds }: Measured, { seconds }: Goal): void {
  const took = report.durationMs / 1000;
  met &&= took <= seconds;
  const errors = report.findings.filter(({ level }) => level === 'error').length;
  const verdict = took <= seconds ? '' : ', TOO LONG';
  console.log(
    `${title}: ${took.toFixed(1)} s of ${seconds} s (${cpuSeconds.toFixed(1)} s of processor)${verdict}`,
  );
  console.log(`  ${report.findings.length} findings, ${errors} of them errors; ${memoryMb()} MB at the most`);
  for (const { name, durationMs, outcome } of report.steps) {
    console.log(`  ${name.padEnd(12)} ${(durationMs / 1000).toFixed(2).padStart(7)} s  ${outcome}`);
  }
  console.log('');
}

/** The kernel counts the greatest resident size in kilobytes. */
function memoryMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1000);
}

function edited(
  files: readonly GeneratedFile[],
  subgraphs: readonly string[],
  edit: (text: string) => string,
): GeneratedFile[] {
  return files
    .filter(({ path }) => subgraphs.some((name) => path === `subgraphs/${name}/schema.graphql`))
    .map(({ path, text }) => ({ path, text: edit(text) }));
}

function write(files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(): void {
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message=base');
}

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root });
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { repository } from '../temporary-tree.ts';
import { testServicesConfig } from '../test-services/config.ts';

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly services?: Readonly<Record<string, { readonly image: string; readonly ports: readonly string[] }>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const text = (path: string) => readFileSync(join(repository, path), 'utf8');
const folder = '.github/workflows';
const names = readdirSync(join(repository, folder)).sort();

function workflow(name: string): Workflow {
  const document = parseDocument(text(join(folder, name)));
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return document.toJS() as Workflow;
}

const jobsOf = (name: string) => Object.values(workflow(name).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(({ steps }) => steps);
const manifest = JSON.parse(text('package.json')) as {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
};

it('there is a workflow for the checks, the tests, the schema and rover', () => {
  expect(names).toEqual(['check.yml', 'rover.yml', 'schema-check.yml', 'test.yml']);
});

describe.each(names)('%s', (name) => {
  it('calls only scripts that package.json has', () => {
    const commands = stepsOf(name).flatMap(({ run = '' }) => [
      ...run.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g),
    ]);
    const called = commands.map(([, script, short]) => script ?? short);
    if (name !== 'rover.yml') expect(called.length).toBeGreaterThan(0);
    expect(called.filter((script) => !((script ?? '') in manifest.scripts))).toEqual([]);
  });

  it('pins each action to a major version, of GitHub alone', () => {
    const used = stepsOf(name).flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v[1-9]\d*$/);
  });

  it('uses each action in the version that the others use', () => {
    const versions = new Map<string, Set<string>>();
    for (const action of names.flatMap(stepsOf).flatMap(({ uses }) => uses ?? [])) {
      const [id = '', version = ''] = action.split('@');
      versions.set(id, (versions.get(id) ?? new Set()).add(version));
    }
    for (const [id, found] of versions) expect([...found], id).toHaveLength(1);
  });

  it('has the rights it needs and no others', () => {
    const { permissions, jobs } = workflow(name);
    const isCommenting = stepsOf(name).some(({ uses }) => uses?.startsWith('actions/github-script@'));
    expect(permissions).toEqual(
      isCommenting ? { contents: 'read', 'pull-requests': 'write' } : { contents: 'read' },
    );
    for (const job of Object.values(jobs)) expect(job.permissions).toBeUndefined();
  });

  it('runs no code of a stranger with the rights of the repository', () => {
    const { on } = workflow(name);
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(Object.keys(on)).not.toContain('workflow_run');
  });

  it('puts nothing that a stranger wrote into a command', () => {
    for (const { run = '', with: given = {} } of stepsOf(name)) {
      expect(run).not.toContain('${{');
      expect(String(given.script ?? '')).not.toContain('${{');
    }
  });

  it('ends by itself', () => {
    for (const job of jobsOf(name)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });

  it('runs on a Node that the project supports', () => {
    const minimum = Number(/^>=(\d+)/.exec(manifest.engines.node)?.[1]);
    expect(minimum).toBeGreaterThan(0);
    for (const { strategy, steps } of jobsOf(name)) {
      const setUp = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with ?? {};
      if (setUp['node-version-file'] === undefined) {
        expect(setUp['node-version']).toMatch(/^\$\{\{ matrix\.node \}\}$/);
        expect(Math.min(...(strategy?.matrix.node ?? []))).toBe(minimum);
      } else {
        const file = String(setUp['node-version-file']);
        expect(existsSync(join(repository, file))).toBe(true);
        expect(Number.parseInt(text(file), 10)).toBeGreaterThanOrEqual(minimum);
      }
    }
  });
});

describe('the tests', () => {
  const [job] = jobsOf('test.yml');

  it('run on Node 20, 22 and 24, each to its end', () => {
    expect(job?.strategy).toEqual({ 'fail-fast': false, matrix: { node: [20, 22, 24] } });
  });

  it('have every service where they look for it, and fail without one', () => {
    const config = testServicesConfig(job?.env);
    expect(config.areRequired).toBe(true);
    const ports = Object.values(job?.services ?? {}).flatMap((service) => service.ports);
    for (const url of [config.postgresUrl, config.redisUrl, config.rabbitmqUrl]) {
      const { hostname, port } = new URL(url);
      expect(hostname).toBe('localhost');
      expect(ports).toContain(`${port}:${port}`);
    }
  });

  it('have the services in the versions that docker-compose.yml runs', () => {
    const images = [...text('docker-compose.yml').matchAll(/^ {4}image: (\S+)/gm)].map(([, image]) => image);
    const used = Object.values(job?.services ?? {}).map(({ image }) => image);
    expect(used.sort()).toEqual(images.sort());
  });
});

describe('the schema check', () => {
  const steps = stepsOf('schema-check.yml');
  const check = steps.find(({ run }) => run?.includes('schema:check'));

  it('compares with the base of the pull request, of which it has fetched all', () => {
    expect(check?.run).toContain('--base "$BASE"');
    expect(check?.env).toEqual({ BASE: expect.stringMatching(/^origin\/\$\{\{ github\.base_ref \}\}$/) });
    expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toEqual({
      'fetch-depth': 0,
    });
    expect(workflow('schema-check.yml').on).toHaveProperty('pull_request');
  });

  it('shows the report that it wrote also when it failed, and still fails', () => {
    const [, file = ''] = /--markdown (\S+)/.exec(check?.run ?? '') ?? [];
    expect(file).not.toBe('');
    const after = steps.slice(steps.indexOf(check as Step) + 1);
    expect(after.map(({ name }) => name)).toEqual(['summary of the run', 'comment on the pull request']);
    for (const step of after) {
      expect(step.if).toContain('!cancelled()');
      expect(step.if).toContain(`hashFiles('${file}') != ''`);
      expect(`${step.run ?? ''}${step.with?.script ?? ''}`).toContain(file);
    }
    expect(check).not.toHaveProperty('continue-on-error');
  });
});

describe('the comment on the pull request', () => {
  const script = String(
    stepsOf('schema-check.yml').find(({ uses }) => uses?.startsWith('actions/github-script@'))?.with?.script,
  );

  interface Comment {
    readonly id: number;
    readonly body: string;
    readonly user: { readonly type: string };
  }

  /** Runs the script as actions/github-script does, against a pull request with these comments. */
  async function comment(
    report: string,
    comments: readonly Comment[],
  ): Promise<readonly (readonly [string, object])[]> {
    const calls: (readonly [string, object])[] = [];
    const listComments = () => undefined;
    const github = {
      paginate: async (method: unknown) => (method === listComments ? comments : []),
      rest: {
        issues: {
          listComments,
          createComment: async (given: object) => calls.push(['create', given]),
          updateComment: async (given: object) => calls.push(['update', given]),
        },
      },
    };
    const context = {
      repo: { owner: 'stoa', repo: 'shop' },
      issue: { number: 7 },
      serverUrl: 'https://github.example',
      runId: 11,
    };
    const require = (module: string) => {
      expect(module).toBe('node:fs');
      return { readFileSync: () => report };
    };
    const run = new Function('require', 'github', 'context', `return (async () => {${script}})();`);
    await run(require, github, context);
    return calls;
  }

  const own = (id: number): Comment => ({
    id,
    body: '<!-- stoa-schema-check -->\nOld.',
    user: { type: 'Bot' },
  });
  const others: readonly Comment[] = [
    { id: 1, body: 'Nice!', user: { type: 'User' } },
    { id: 2, body: 'Coverage: 100 %', user: { type: 'Bot' } },
    { id: 3, body: '<!-- stoa-schema-check -->\nA copy.', user: { type: 'User' } },
  ];

  it('is made when there is none of the check, whatever others have said', async () => {
    expect(await comment('# All is well', others)).toEqual([
      [
        'create',
        { owner: 'stoa', repo: 'shop', issue_number: 7, body: '<!-- stoa-schema-check -->\n# All is well' },
      ],
    ]);
  });

  it('is brought up to date when there is one', async () => {
    expect(await comment('# All is well', [...others, own(4)])).toEqual([
      [
        'update',
        { owner: 'stoa', repo: 'shop', comment_id: 4, body: '<!-- stoa-schema-check -->\n# All is well' },
      ],
    ]);
  });

  it('is cut where GitHub would refuse it, and says where the rest is', async () => {
    const [[, given] = ['', {}]] = await comment('x'.repeat(100_000), []);
    const { body } = given as { readonly body: string };
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/see the \[run\]\(https:\/\/github\.example\/stoa\/shop\/actions\/runs\/11\)\.$/);
  });
});

describe('rover', () => {
  const [job] = jobsOf('rover.yml');

  it('waits until the repository has a graph at GraphOS', () => {
    expect(job?.if).toContain("vars.APOLLO_GRAPH_REF != ''");
  });

  it('checks every subgraph of rover.yaml, by its name there', () => {
    const run = job?.steps.find((step) => step.run !== undefined)?.run ?? '';
    expect(run).toContain('for schema in subgraphs/*/schema.graphql');
    expect(run).toMatch(
      /npx --yes @apollo\/rover@\d+\.\d+ subgraph check "\$APOLLO_GRAPH_REF" --name "\$name" --schema "\$schema"/,
    );
    const registered = [
      ...text('rover.yaml').matchAll(/file: \.\/(subgraphs\/[a-z0-9-]+\/schema\.graphql)$/gm),
    ].map(([, file]) => file);
    const found = readdirSync(join(repository, 'subgraphs'))
      .map((subgraph) => join('subgraphs', subgraph, 'schema.graphql'))
      .filter((file) => existsSync(join(repository, file)));
    expect(found.sort()).toEqual(registered.sort());
  });
});

describe('docs/ci.md', () => {
  const document = text('docs/ci.md');

  it('has a row for each workflow', () => {
    const rows = [...document.matchAll(/^\| ([a-z-]+\.yml) \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(names);
  });

  it('names only scripts and files that are there', () => {
    const scripts = [...document.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script ?? '');
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
    const files = [...document.matchAll(/`((?:\.ci|schema|\.github)\/[\w./-]+)`/g)].map(
      ([, file]) => file ?? '',
    );
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(repository, file)))).toEqual([]);
  });
});

import { repositoryRoot } from '@stoa/registry';
import { runSteps, type Step } from '../check/run-steps.ts';

// `npm run check`: each step is a script of the root, so that it can be run alone.
const steps: readonly Step[] = [
  { name: 'generated code', command: ['npm', 'run', 'generate'] },
  { name: 'types', command: ['npm', 'run', 'typecheck'] },
  { name: 'lint and format', command: ['npm', 'run', 'lint'] },
  { name: 'proto files', command: ['npm', 'run', 'lint:proto'] },
  { name: 'supergraph', command: ['npm', 'run', 'compose', '--', '--check'] },
  { name: 'operations', command: ['npm', 'run', 'operations', '--', '--check'] },
  { name: 'event contracts', command: ['npm', 'run', 'events:contracts', '--', '--check'] },
  { name: 'boundaries', command: ['npm', 'run', 'boundaries'] },
  { name: 'unused files, exports and dependencies', command: ['npm', 'run', 'unused'] },
];

if (!(await runSteps(steps, repositoryRoot(), console.log))) process.exitCode = 1;

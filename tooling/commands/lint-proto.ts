import { repositoryRoot } from '@stoa/registry';
import { runBuf } from '../generate/buf.ts';
import { protoFolders } from '../generate/generate.ts';

// `npm run lint:proto`: the rules of buf.yaml over the proto files of every subgraph.
const modules = protoFolders(repositoryRoot());
if (modules.length === 0) {
  console.log('no proto files');
} else {
  const { ok, output } = await runBuf(repositoryRoot(), modules, ['lint', '.']);
  if (output !== '') console.error(output);
  if (!ok) process.exitCode = 1;
}

import { rotateKeysCommand } from './commands/rotate-keys.ts';
import { runCommand } from './commands/run-command.ts';

// npm run rotate-keys -w @stoa/accounts [-- --now]
await runCommand(rotateKeysCommand);

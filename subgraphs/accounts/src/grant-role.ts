import { grantRoleCommand } from './commands/grant-role.ts';
import { runCommand } from './commands/run-command.ts';

// npm run grant-role -w @stoa/accounts -- ada@example.com ADMIN
await runCommand(grantRoleCommand);

import { welcomeQuery } from '@stoa/router';
import { demoAccounts } from '@stoa/seed';

export interface WelcomeOptions {
  /** What answers where: a name and an address each. */
  places: readonly (readonly [what: string, where: string])[];
  /** Whether the demo accounts exist. */
  isSeeded: boolean;
  graphqlUrl: string;
}

/** What a developer sees when the shop is open: what runs where, whom one can sign in as, and a query to paste. */
export function welcome({ places, isSeeded, graphqlUrl }: WelcomeOptions): string {
  const sections = [table(places)];
  if (isSeeded) {
    sections.push(
      `Sign in as\n${table(demoAccounts().map(({ email, password, roles }) => [email, password, roles.join(', ')]))}`,
    );
  }
  sections.push(`A query to paste\n${indent(welcomeQuery.trimEnd())}`);
  sections.push(
    `or\n${indent(`curl -s ${graphqlUrl} -H 'content-type: application/json' -d '${JSON.stringify({ query: oneLine(welcomeQuery) })}'`)}`,
  );
  return `\n${sections.join('\n\n')}\n`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      indent(
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('   ')
          .trimEnd(),
      ),
    )
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function oneLine(query: string): string {
  return query.replace(/\s+/g, ' ').trim();
}

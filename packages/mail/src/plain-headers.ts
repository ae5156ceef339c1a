import type { Letter } from './message-of.ts';

/** The longest header that is not folded. */
const longestUnfolded = 76;

/** What stands in a header as it is; anything else is left to the composer, which knows what has to be quoted, encoded or folded. */
const plain = {
  To: /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
  Subject: /^(?!.*=\?)[!-~]+(?: [!-~]+)*$/,
  'Message-ID': /^<[\w-]+@[a-z0-9.-]+>$/,
};

/** The headers of a letter with a name for each that differs from letter to letter, by who sends it and how its text is written. */
const models = new Map<string, readonly string[]>();

const model = { to: 'to@model.example', subject: 'Subject', messageId: '<id@model.example>' };

/**
 * The headers of a letter whose address, subject and id are plain and short: those of another letter, which was composed, with its own. To
 * compose them takes ten times as long.
 * @returns null for a letter that has to be composed
 */
export function plainHeaders(
  { from, to, subject, text, ...more }: Letter,
  isAsItIs: boolean,
  compose: (letter: Letter) => string,
): string | null {
  const values: Readonly<Record<keyof typeof plain, string>> = {
    To: to,
    Subject: subject,
    'Message-ID': 'messageId' in more ? more.messageId : '',
  };
  if (text === '' || !Object.entries(plain).every(([name, form]) => isPlain(name, form, values))) return null;
  const key = `${isAsItIs} ${from}`;
  const headers = models.get(key) ?? compose({ ...model, from, text: isAsItIs ? 'a' : 'ä' }).split('\r\n');
  models.set(key, headers);
  const own: Readonly<Record<string, string>> = {
    ...values,
    Date: new Date().toUTCString().replace('GMT', '+0000'),
  };
  return headers
    .map((header) => {
      const name = header.slice(0, header.indexOf(':'));
      return own[name] === undefined ? header : `${name}: ${own[name]}`;
    })
    .join('\r\n');
}

function isPlain(name: string, form: RegExp, values: Readonly<Record<string, string>>): boolean {
  const value = values[name] ?? '';
  return name.length + 2 + value.length <= longestUnfolded && form.test(value);
}

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A mail server that keeps what it is sent. */
export interface TestMailServer {
  /** For SMTP_URL. */
  readonly url: string;
  /** The letters that it took, oldest first, as they came: headers, an empty line, body. */
  readonly letters: readonly string[];
  /** Every line that it was sent. */
  readonly lines: readonly string[];
  /** Whether it takes letters: it does until told otherwise, and then puts each off, naming the address (RFC 5321, 451). */
  takesLetters: boolean;
  close(): void;
}

/** As much of RFC 5321 as a client needs that sends letters. */
export async function startMailServer(): Promise<TestMailServer> {
  const lines: string[] = [];
  const letters: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let rest = '';
    /** The lines of the letter that is being sent; null between letters. */
    let letter: string[] | null = null;
    const answer = (line: string): string | null => {
      if (letter !== null && line !== '.') {
        letter.push(line);
        return null;
      }
      if (letter !== null) {
        letters.push(letter.join('\n'));
        letter = null;
        return '250 ok';
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT' && !mail.takesLetters) return `451 ${line.slice('RCPT TO:'.length)} not now`;
      if (verb === 'DATA') letter = [];
      return verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok';
    };
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Of a client that went away there is nothing to tell.
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const whole = (rest + chunk.toString()).split('\r\n');
      rest = whole.pop() ?? '';
      for (const line of whole) {
        lines.push(line);
        const reply = answer(line);
        if (reply !== null) socket.write(`${reply}\r\n`);
      }
    });
    socket.write('220 test\r\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  const mail: TestMailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    letters,
    lines,
    takesLetters: true,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return mail;
}

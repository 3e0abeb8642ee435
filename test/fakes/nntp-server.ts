import { createServer, type Socket } from 'node:net';

/** What a fake server does out of the ordinary; each from the moment it is set. */
export interface NntpFaults {
  /** In place of `200 ready`; '' for none at all. */
  greeting?: string;
  /** No answer to requests that begin so. */
  silentOn?: string;
  /** This in place of the right answer to requests that begin so. */
  answers?: Readonly<Record<string, string>>;
  /** Answers arrive in small pieces every few milliseconds. */
  dripBytes?: number;
  /** Listed, but not given: 423. */
  withheld?: ReadonlySet<number>;
  /** Not given for a reason of the server's: 503. */
  broken?: ReadonlySet<number>;
  /** The connection ends in the middle of this article. */
  halfOf?: number;
  /** `20261101000000`. */
  date?: string;
}

/** An NNTP server on loopback that holds one group in memory, and misbehaves on demand. */
export interface FakeNntp {
  readonly port: number;
  readonly group: string;
  /** By number. Removed ones leave a gap. */
  readonly articles: Map<number, { messageId: string; raw: string }>;
  faults: NntpFaults;
  /** Every request line that came, in order. */
  readonly requests: string[];
  connections: number;
  close(): Promise<void>;
}

export async function startFakeNntp(group = 'org.kernel.vger.kvm'): Promise<FakeNntp> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    fake.connections++;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const say = speaker(socket, () => fake.faults);
    const greeting = fake.faults.greeting ?? '201 ready';
    if (greeting !== '') say(`${greeting}\r\n`);
    let waiting = '';
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1');
      const lines = waiting.split('\r\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) {
        fake.requests.push(line);
        if (line === 'QUIT') socket.end();
        else if (fake.faults.silentOn !== undefined && line.startsWith(fake.faults.silentOn)) continue;
        else if (line === `ARTICLE ${fake.faults.halfOf}`) {
          const text = answer(fake, line);
          say(text.slice(0, text.length / 2));
          socket.end();
        } else say(answer(fake, line));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const fake: FakeNntp = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    group,
    articles: new Map(),
    faults: {},
    requests: [],
    connections: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function answer(fake: FakeNntp, line: string): string {
  const { faults, articles, group } = fake;
  const scripted = Object.entries(faults.answers ?? {}).find(([start]) => line.startsWith(start));
  if (scripted !== undefined) return `${scripted[1]}\r\n`;
  const numbers = [...articles.keys()].sort((a, b) => a - b);
  const [command = '', ...words] = line.split(' ');
  if (command === 'GROUP')
    return words[0] === group ? `211 1 ${numbers[0] ?? 0} ${numbers.at(-1) ?? 0} ${group}\r\n` : '411 no\r\n';
  if (command === 'LIST') return `215 list\r\n${words[1] === '*.kvm' ? `${group} 9 1 n\r\n` : ''}.\r\n`;
  if (command === 'DATE') return `111 ${faults.date ?? '20261101000000'}\r\n`;
  const named = words.at(-1) ?? '';
  if (command === 'HDR' || command === 'OVER') {
    const [from = 0, to = from] = named.split('-').map(Number);
    const rows = numbers.filter((number) => number >= from && number <= to);
    if (rows.length === 0) return '420 none\r\n';
    const row = (number: number) => {
      const { messageId = '', raw = '' } = articles.get(number) ?? {};
      const date = /^Date: (.*)$/m.exec(raw)?.[1] ?? '';
      return command === 'HDR' ? `${number} <${messageId}>` : `${number}\ts\tf\t${date}\t<${messageId}>`;
    };
    return `${command === 'HDR' ? 225 : 224} list\r\n${rows.map(row).join('\r\n')}\r\n.\r\n`;
  }
  const number = /^\d+$/.test(named)
    ? Number(named)
    : (numbers.find((each) => `<${articles.get(each)?.messageId}>` === named) ?? 0);
  const article = articles.get(number);
  if (article === undefined || faults.withheld?.has(number))
    return named.startsWith('<') ? '430 no\r\n' : '423 no\r\n';
  if (command === 'STAT') return `223 ${number} <${article.messageId}>\r\n`;
  if (faults.broken?.has(number)) return '503 disk\r\n';
  const stuffed = article.raw.replace(/^\./gm, '..').replaceAll('\n', '\r\n');
  return `220 ${number} <${article.messageId}>\r\n${stuffed}${stuffed.endsWith('\r\n') ? '' : '\r\n'}.\r\n`;
}

/** Sends answers in order, in drips where the faults require it. */
function speaker(socket: Socket, faults: () => NntpFaults): (text: string) => void {
  let last = Promise.resolve();
  return (text) => {
    const { dripBytes } = faults();
    if (dripBytes === undefined) {
      if (socket.writable) socket.write(text, 'latin1');
      return;
    }
    last = last.then(async () => {
      for (let at = 0; at < text.length && socket.writable; at += dripBytes) {
        socket.write(text.slice(at, at + dripBytes), 'latin1');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
  };
}

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { healthUrl } from '../../../src/bot/commands/health.js';
import { readConfig } from '../../../src/bot/config.js';
import { type HttpServer, serveHttp } from '../../../src/bot/operation/http-server.js';
import { cli } from '../../lib/cli-io.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A bot with these problems, and the environment it was started with. */
async function botWith(problems: readonly string[], host = '127.0.0.1') {
  server = await serveHttp({
    host,
    port: 0,
    health: async () => ({ problems, facts: { ticks: 1 } }),
    metrics: { text: async () => '', contentType: 'text/plain' },
  });
  return { HTTP_HOST: host, HTTP_PORT: new URL(server.url).port };
}

describe('covernote health', () => {
  it('is content with a bot that is well', async () => {
    const env = await botWith([]);
    expect(await cli(['health'], { env })).toEqual({ status: 0, stdout: 'All is well.\n', stderr: '' });
    const { stdout } = await cli(['health', '--json'], { env });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, problems: [], ticks: 1 });
  });

  it('fails with the problems of one that is not', async () => {
    const env = await botWith(['lore:kvm has failed for 2 hours']);
    expect(await cli(['health'], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('lore:kvm has failed for 2 hours'),
    });
  });

  it('fails where no bot answers, and where none listens', async () => {
    const env = await botWith([]);
    await server?.close();
    server = null;
    expect(await cli(['health'], { env })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`http://127.0.0.1:${env.HTTP_PORT}/healthz`),
    });
    expect(await cli(['health'])).toMatchObject({ status: 1, stderr: expect.stringContaining('HTTP_PORT') });
  });

  it.each([
    ['0.0.0.0', 8080, 'http://127.0.0.1:8080/healthz'],
    ['::', 8080, 'http://[::1]:8080/healthz'],
    ['10.0.0.2', 80, 'http://10.0.0.2:80/healthz'],
  ])('of one on %s port %i asks %s', (host, port, url) => {
    expect(healthUrl(host, port)).toBe(url);
  });
});

describe('the container image', () => {
  const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
  const image = Object.fromEntries(
    [.../^ENV (.*)$/m.exec(dockerfile)![1]!.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );
  /** As `docker run --env-file` passes a file: each line as it is. */
  const envFile = Object.fromEntries(
    read('.env.example')
      .split('\n')
      .filter((line) => /^[A-Z_]+=/.test(line))
      .map((line) => line.split(/=(.*)/s)),
  );
  const portIn = (env: Record<string, string>) => {
    const config = readConfig({ ...image, ...envFile, ...env });
    return config.ok ? config.config.http : config.problems;
  };

  it('listens where -p reaches it with the .env that ships, and where one says so', () => {
    expect(portIn({})).toMatchObject({ host: '0.0.0.0', port: 8080 });
    expect(portIn({ HTTP_PORT: '# none' })).toMatchObject({ host: '0.0.0.0', port: 8080 });
    expect(portIn({ HTTP_PORT: '9000', HTTP_HOST: '127.0.0.1' })).toMatchObject({
      host: '127.0.0.1',
      port: 9000,
    });
  });

  it('checks its health with the settings of the bot, not with a port of its own', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK .*CMD \["node", "\/app\/bin\/covernote\.js", "health"\]/);
    expect(dockerfile).not.toMatch(/\bHTTP_(?:HOST|PORT)=/);
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { auditDependencies, verdictOf } from '../dependency-audit.ts';

const audit = (vulnerabilities: object) =>
  JSON.stringify({ metadata: { vulnerabilities: { high: 1 } }, vulnerabilities });

it('fails for a grave hole, by name, and for no other', () => {
  expect(verdictOf(audit({ bad: { severity: 'critical' }, dull: { severity: 'low' } }))).toEqual({
    ok: false,
    text: 'bad: critical',
  });
  expect(verdictOf(audit({ dull: { severity: 'moderate' } }))).toMatchObject({ ok: true });
});

it.each(['', '<html>', '{"error":{"code":"ENOAUDIT"}}', '{"message":"404 Not Found"}'])(
  'says so where %j is the answer',
  (output) => {
    expect(verdictOf(output)).toEqual({ ok: true, text: 'not asked: the registry answers no audit' });
  },
);

/** A project that depends on one package. */
function projectWith(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sitepulse-audit-'));
  const dependencies = { [name]: '1.0.0' };
  const packages = { '': { dependencies }, [`node_modules/${name}`]: { version: '1.0.0' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
  return folder;
}

/** A registry that knows a hole of `holed`, or answers no audit. @returns what makes npm ask it, and nobody else. */
async function registryWith(answersAudits: boolean): Promise<NodeJS.ProcessEnv> {
  const hole = { id: 1, title: 'a hole', severity: 'high', vulnerable_versions: '<2', url: 'https://holes.example/1' };
  const server = createServer(({ url = '' }, response) => {
    if (!answersAudits) return response.writeHead(404).end('{}');
    if (url.endsWith('/advisories/bulk')) return response.end(JSON.stringify({ holed: [hole] }));
    return response.end(JSON.stringify({ name: 'holed', versions: { '1.0.0': { name: 'holed', version: '1.0.0' } } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { ...process.env, npm_config_registry: registry, npm_config_cache: mkdtempSync(join(tmpdir(), 'npm-')) };
}

it('hears what npm itself is told by a registry', async () => {
  const verdict = await auditDependencies(projectWith('holed'), await registryWith(true));
  expect(verdict).toEqual({ ok: false, text: 'holed: high' });
});

it('says so where npm’s registry answers no audit', async () => {
  const verdict = await auditDependencies(projectWith('sound'), await registryWith(false));
  expect(verdict).toEqual({ ok: true, text: 'not asked: the registry answers no audit' });
});

it('reads to its end what npm says, though it be megabytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitepulse-npm-'));
  const said = audit({ holed: { severity: 'high', via: 'x'.repeat(3_000_000) } });
  writeFileSync(join(folder, 'said.json'), said);
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\ncat ${join(folder, 'said.json')}\nexit 1\n`, { mode: 0o755 });
  const verdict = await auditDependencies(folder, { ...process.env, PATH: `${folder}:${process.env.PATH}` });
  expect(verdict).toEqual({ ok: false, text: 'holed: high' });
});

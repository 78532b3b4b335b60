/**
 * Builds the pages: `node build.mjs [install|types|pages]`, or all of it without a word.
 * What is installed is installed again only when package-lock.json has changed; from npm's cache where that has everything.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const HERE = dirname(fileURLToPath(import.meta.url));
const OLDEST_NODE = 20;
/** The License page has to come quickly over a plant's network: compressed, in bytes. */
const LICENSE_PAGE_LIMIT = 200_000;
const BUILT = join(HERE, 'target/classes/META-INF/charter');

/** What the servers say of themselves: the pages' types are made from it. */
const CONTRACTS = {
  license: join(HERE, '../license-spring-boot-starter/src/main/resources/META-INF/charter/license-openapi.json'),
  console: join(HERE, '../mqtt-server/src/main/resources/openapi.json'),
  floating: join(HERE, '../floating-server/src/main/resources/openapi.json'),
  authority: join(HERE, '../authority-server/src/main/resources/openapi.json'),
};

/** Each is a folder here, and lies under its name in the jar. */
const PAGES = ['license-page', 'mqtt-console', 'floating-console', 'portal'];

function run(program, ...words) {
  const done = spawnSync(program, words, { cwd: HERE, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    console.error(`${program} ${words.join(' ')} ended with ${done.status ?? done.signal}.`);
    process.exit(1);
  }
}

const tool = (...path) => join(HERE, 'node_modules', ...path);

function install() {
  const wanted = createHash('sha256').update(readFileSync(join(HERE, 'package-lock.json'))).digest('hex');
  const stamp = tool('.charter-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('npm', 'ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, wanted);
}

function types() {
  mkdirSync(join(HERE, 'generated'), { recursive: true });
  for (const [name, contract] of Object.entries(CONTRACTS)) {
    const target = join(HERE, 'generated', `${name}.d.ts`);
    if (existsSync(target) && statSync(target).mtimeMs > statSync(contract).mtimeMs) continue;
    run(process.execPath, tool('openapi-typescript', 'bin', 'cli.js'), contract, '--output', target);
  }
}

/** Tells one state of everything that the pages are built from from another. */
function sources() {
  const files = ['kit', 'console-kit', ...PAGES].flatMap(folder => filesIn(join(HERE, folder)))
    .concat(['build.mjs', 'package-lock.json', 'tsconfig.json', 'vite.shared.ts'].map(file => join(HERE, file)), Object.values(CONTRACTS)).sort();
  const sum = createHash('sha256');
  for (const file of files) sum.update(relative(HERE, file)).update(readFileSync(file));
  return sum.digest('hex');
}

/**
 * What the pages are made of, as CycloneDX, beside them in the jar: every package of the lock that is not for building alone, with its checksum.
 * Made from the lock and from nothing else, so that the same lock gives the same bytes on every machine.
 */
function listPackages() {
  const { packages } = JSON.parse(readFileSync(join(HERE, 'package-lock.json'), 'utf8'));
  const components = Object.entries(packages).filter(([path, one]) => path.startsWith('node_modules/') && !one.link && !one.dev && !one.devOptional).map(([path, one]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const [algorithm, digest] = one.integrity.split('-');
    return {
      type: 'library', name, version: one.version, purl: `pkg:npm/${name.replace('@', '%40')}@${one.version}`,
      hashes: [{ alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
      ...(one.license && { licenses: [{ expression: one.license }] }),
    };
  });
  const known = new Map(components.map(one => [one.purl, one])); // a package may lie in several places
  const list = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'application', name: 'charter-web', version: packages[''].version } }, components: [...known.values()] };
  mkdirSync(join(BUILT, '../sbom'), { recursive: true });
  writeFileSync(join(BUILT, '../sbom/pages.cdx.json'), `${JSON.stringify(list, null, 2)}\n`);
}

function pages() {
  listPackages();
  const stamp = join(HERE, 'target/pages.built');
  const now = sources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && PAGES.every(page => existsSync(join(BUILT, page, page === 'license-page' ? 'license-page.js' : 'index.html')))) {
    console.log('The pages are built already.');
    return;
  }
  run(process.execPath, tool('typescript', 'bin', 'tsc'), '--project', 'tsconfig.json');
  for (const page of PAGES) {
    run(process.execPath, tool('vite', 'bin', 'vite.js'), 'build', '--config', `${page}/vite.config.ts`, '--logLevel', 'warn');
  }
  weigh();
  writeFileSync(stamp, now);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !(entry.parentPath ?? entry.path).includes('node_modules')).map(entry => join(entry.parentPath ?? entry.path, entry.name));
}

/** Prints what each page weighs compressed; a License page that is too heavy fails the build. */
function weigh() {
  for (const page of PAGES) {
    const files = filesIn(join(BUILT, page)).filter(file => /\.(js|css|html)$/.test(file)).map(file => ({ file, bytes: gzipSync(readFileSync(file), { level: 9 }).length }));
    const all = files.reduce((sum, one) => sum + one.bytes, 0);
    const largest = files.sort((a, b) => b.bytes - a.bytes).slice(0, 6).map(one => `${relative(join(BUILT, page), one.file)} ${(one.bytes / 1000).toFixed(1)}`);
    console.log(`${page}: ${(all / 1000).toFixed(1)} kB compressed in ${files.length} files (${largest.join(', ')})`);
    if (page === 'license-page' && all > LICENSE_PAGE_LIMIT) {
      console.error(`The License page has ${all} bytes compressed; at most ${LICENSE_PAGE_LIMIT} are allowed.`);
      process.exit(1);
    }
  }
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`The pages are built with Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
  process.exit(69);
}
const steps = { install, types, pages };
const wanted = process.argv[2];
for (const [name, step] of Object.entries(steps)) if (wanted === undefined || wanted === name) step();

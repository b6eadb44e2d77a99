import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The parts of npm's CycloneDX document that are read here. */
interface Sbom {
  $schema: string;
  bomFormat: string;
  specVersion: string;
  version: number;
  metadata: { component: { 'bom-ref': string; name: string } };
  components: { 'bom-ref': string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface LockFile {
  /** By path, such as `node_modules/NAME`. The package itself is at ``. */
  packages: Record<string, { version: string; dev?: true; devOptional?: true }>;
}

/** npm lists the development dependencies too. */
const maxBuffer = 32 * 1024 * 1024;
const root = new URL('../', import.meta.url);
// `--omit=dev` would also omit packages that a development dependency needs too.
const options = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];

/**
 * Writes the bill of materials of the package, its runtime dependencies in the lock file. It has no serial number, time
 * or npm version, so that builds of one commit are equal.
 */
export async function writeSbom(): Promise<void> {
  const isRuntime = createRuntimeFilter(JSON.parse(await readFile(new URL('package-lock.json', root), 'utf8')));
  const run = promisify(execFile);
  const { stdout } = await run('npm', options, { cwd: fileURLToPath(root), maxBuffer });
  const { $schema, bomFormat, specVersion, version, metadata, ...all }: Sbom = JSON.parse(stdout);
  // npm names the package like its folder.
  const component = { ...metadata.component, name: 'talaria' };
  const isKept = (ref: string): boolean => ref === component['bom-ref'] || isRuntime(ref);
  const components = all.components.filter((each) => isRuntime(each['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => isKept(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isKept) }));
  const sbom = { $schema, bomFormat, specVersion, version, metadata: { component }, components, dependencies };
  await writeFile(new URL('sbom.cdx.json', root), `${JSON.stringify(sbom, null, 2)}\n`);
}

/** Development dependencies whose code is part of the built console, the docs or `dist/`. */
const bundled: ReadonlySet<string> = new Set(
  ['preact', 'minisearch', 'swagger-ui-dist', 'swagger-ui-express'].map((name) => `node_modules/${name}`),
);

/** Returns a function that finds out whether a reference, `NAME@VERSION`, is installed with the package. */
function createRuntimeFilter({ packages }: LockFile): (ref: string) => boolean {
  const runtime = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && ((!dev && !devOptional) || bundled.has(path)),
  );
  const refs = new Set(runtime.map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`));
  return (ref) => refs.has(ref);
}

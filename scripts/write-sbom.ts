import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The parts of npm's CycloneDX document that are read here. */
interface Sbom {
  $schema: string;
  bomFormat: string;
  specVersion: string;
  version: number;
  metadata: { component: Record<string, unknown> };
  components: unknown[];
  dependencies: unknown[];
}

const root = new URL('../', import.meta.url);
const options = ['--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only'];

/**
 * Writes the bill of materials of the package, its runtime dependencies in the lock file. It has no serial number, time
 * or npm version, so that builds of one commit are equal.
 */
export async function writeSbom(): Promise<void> {
  const run = promisify(execFile);
  const { stdout } = await run('npm', ['sbom', ...options], { cwd: fileURLToPath(root) });
  const { $schema, bomFormat, specVersion, version, metadata, components, dependencies }: Sbom = JSON.parse(stdout);
  // npm names the package like its folder.
  const component = { ...metadata.component, name: 'talaria' };
  const sbom = { $schema, bomFormat, specVersion, version, metadata: { component }, components, dependencies };
  await writeFile(new URL('sbom.cdx.json', root), `${JSON.stringify(sbom, null, 2)}\n`);
}

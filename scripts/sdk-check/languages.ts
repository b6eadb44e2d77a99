import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loosenDocument } from './loosen-document.ts';

export interface Command {
  program: string;
  arguments: string[];
  /** Additional environment variables. */
  env?: Record<string, string>;
}

/** How to generate and check the client of one language. Commands run in sequence in the language's folder. */
export interface Language {
  name: string;
  generator: string;
  /** Commands that must succeed. The first that fails is the reason to skip the language. */
  needs: Command[];
  /** Fetches the generator, unless an earlier run did. */
  install: Command[];
  /** Writes the generator's input. */
  prepare(folder: string): Promise<void>;
  generate: Command[];
  compile: Command[];
  /** Runs the program. The server's address is appended as the last argument. */
  run: Command;
}

const programs = fileURLToPath(new URL('./programs/', import.meta.url));
const contract = fileURLToPath(new URL('../../generated/openapi.json', import.meta.url));
const javaGenerator = '7.25.0';
const goGenerator = 'v2.8.2';
const pythonGenerator = '0.29.1';

const command = (text: string, env?: Record<string, string>): Command => {
  const [program = '', ...rest] = text.split(' ');
  return { program, arguments: rest, ...(env ? { env } : {}) };
};

export const languages: Language[] = [
  {
    name: 'python',
    generator: `openapi-python-client ${pythonGenerator}`,
    needs: [command('python3 -m venv --help')],
    install: [
      command('python3 -m venv venv'),
      command(`venv/bin/pip install --quiet --disable-pip-version-check openapi-python-client==${pythonGenerator}`),
    ],
    async prepare(folder) {
      await copyFile(join(programs, 'check.py'), join(folder, 'check.py'));
      // The generator has its own class with this name, and imports both.
      const names = { class_overrides: { Response: { class_name: 'ModelResponse', module_name: 'model_response' } } };
      await writeFile(join(folder, 'config.json'), JSON.stringify({ ...names, post_hooks: [] }));
    },
    generate: [
      command(
        `venv/bin/openapi-python-client generate --path ${contract} --config config.json --meta none --overwrite --output-path talaria_client`,
      ),
    ],
    compile: [command('venv/bin/python -m compileall -q talaria_client check.py')],
    run: command('venv/bin/python check.py'),
  },
  {
    name: 'go',
    generator: `oapi-codegen ${goGenerator}`,
    needs: [command('go version')],
    install: [],
    async prepare(folder) {
      await mkdir(join(folder, 'api'), { recursive: true });
      await copyFile(join(programs, 'main.go'), join(folder, 'main.go'));
      await writeFile(join(folder, 'go.mod'), 'module talaria.test/check\n\ngo 1.24\n');
      await writeFile(join(folder, 'config.json'), JSON.stringify(goOptions));
    },
    generate: [
      command(
        `go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@${goGenerator} -config config.json ${contract}`,
      ),
      command('go mod tidy'),
    ],
    compile: [command('go vet ./...'), command('go build -o check .')],
    run: command('./check'),
  },
  {
    name: 'java',
    generator: `openapi-generator ${javaGenerator}`,
    needs: [command('java -version'), command('mvn --version')],
    install: [
      command(
        `mvn -q -B dependency:copy -Dartifact=org.openapitools:openapi-generator-cli:${javaGenerator} -DoutputDirectory=generator`,
      ),
    ],
    async prepare(folder) {
      const document = loosenDocument((await import(contract, { with: { type: 'json' } })).default);
      await writeFile(join(folder, 'contract.json'), JSON.stringify(document));
      await writeFile(join(folder, 'config.json'), JSON.stringify(javaOptions));
      const sources = join(folder, 'client/src/main/java');
      await mkdir(sources, { recursive: true });
      await copyFile(join(programs, 'Check.java'), join(sources, 'Check.java'));
    },
    generate: [
      command(
        `java -jar generator/openapi-generator-cli-${javaGenerator}.jar generate -g java -i contract.json -c config.json -o client --global-property=models,apis,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false`,
      ),
    ],
    compile: [
      command('mvn -q -B -f client/pom.xml -DskipTests compile dependency:copy-dependencies -DincludeScope=runtime'),
    ],
    run: command('java -cp client/target/classes:client/target/dependency/* Check'),
  },
];

const goOptions = {
  package: 'api',
  generate: { models: true, client: true },
  output: 'api/api.go',
  // Parameters and schemas share names, as do values of different enums.
  'output-options': {
    'name-normalizer': 'ToCamelCaseWithInitialisms',
    'resolve-type-name-collisions': true,
    'skip-prune': true,
  },
  compatibility: { 'always-prefix-enum-values': true },
};

const javaOptions = {
  library: 'native',
  groupId: 'talaria',
  artifactId: 'talaria-client',
  invokerPackage: 'talaria',
  apiPackage: 'talaria.api',
  modelPackage: 'talaria.model',
  hideGenerationTimestamp: true,
};

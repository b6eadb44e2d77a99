import { command } from './generator.ts';

export const version = '7.25.0';

/** Programs that the generator itself needs. */
export const needs = [command('java -version'), command('mvn --version')];

/** Copies the generator from Maven's registry. */
export const install = [
  command(
    `mvn -q -B dependency:copy -Dartifact=org.openapitools:openapi-generator-cli:${version} -DoutputDirectory=generator`,
  ),
];

/** Generates the client of one language in `client`, without tests and documents. `config.json` has its settings. */
export function generate(language: string) {
  const parts = 'models,apis,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false';
  return [
    command(
      `java -jar generator/openapi-generator-cli-${version}.jar generate -g ${language} -i contract.json -c config.json -o client --global-property=${parts}`,
    ),
  ];
}

import { command, type Generator } from '../generator.ts';
import { generate, install, needs, version } from '../openapi-generator.ts';

export const openapiGeneratorJava: Generator = {
  name: 'openapi-generator-java',
  language: 'Java',
  version,
  form: 'generators',
  settings: '`library=native`',
  streams: 'Parses the stream as JSON. Read it with `java.net.http`, and each event with the client’s `ObjectMapper`.',
  needs,
  install,
  files: {
    'config.json': JSON.stringify({
      library: 'native',
      groupId: 'talaria',
      artifactId: 'talaria-client',
      invokerPackage: 'talaria',
      apiPackage: 'talaria.api',
      modelPackage: 'talaria.model',
      hideGenerationTimestamp: true,
    }),
  },
  generate: generate('java'),
  compile: [
    // The program is compiled together with the client.
    command('cp Check.java client/src/main/java/Check.java'),
    command('mvn -q -B -f client/pom.xml -DskipTests compile dependency:copy-dependencies -DincludeScope=runtime'),
  ],
  run: command('java -cp client/target/classes:client/target/dependency/* Check'),
};

import { type Document, isMap } from 'yaml';
import type { OpenApiDocument } from '../src/contract/document.ts';
import type { Schema } from '../src/contract/schema.ts';
import type { ContractDocument } from './docs/contract/contract-document.ts';
import { fillDiscriminators } from './fill-discriminators.ts';
import { fillRecordings } from './fill-recordings.ts';
import type { Recording } from './record-examples/recorder.ts';

interface Filled {
  components: { schemas: Record<string, Schema>; examples: Record<string, object> };
}

const notice = ` The contract of this server, generated from the hand-written openapi.yaml: complete, with every example's value and
 every discriminator. OpenAPI 3.1 can't describe the events of a stream. The schema of a \`text/event-stream\` is the
 text of the whole stream; \`x-event-schema\` describes the JSON of one \`data:\` line.`;

/** Adds to the hand-written contract what can be derived. Returns it as an object and as YAML with its comments. */
export function fillDocument(source: Document, recordings: Record<string, Recording>) {
  const handwritten: OpenApiDocument & ContractDocument & Filled = source.toJS();
  const document = fillDiscriminators(fillRecordings(handwritten, recordings));
  const copy = source.clone();
  for (const part of ['schemas', 'examples'] as const) {
    for (const [name, filled] of Object.entries<object>(document.components[part])) {
      const node = copy.getIn(['components', part, name]);
      if (!isMap(node)) throw new Error(`components.${part}.${name} is not a map.`);
      const added = Object.entries(filled).filter(([key]) => !node.has(key));
      for (const [key, value] of added) node.set(key, copy.createNode(value));
      if (added.length > 0) node.flow = false;
    }
  }
  copy.commentBefore = notice;
  return { document, yaml: copy.toString({ lineWidth: 120, flowCollectionPadding: true }) };
}

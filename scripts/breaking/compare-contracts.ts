import type { Schema } from '../../src/contract/schema.ts';
import { createSchemaComparer, type Direction } from './compare-schemas.ts';
import {
  type Content,
  type ContractDocument,
  type Operation,
  type Parameter,
  type PathItem,
  type Reply,
  resolve,
} from './document.ts';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Lists the changes that can break a client or a generated SDK of the released contract. */
export function compareContracts(released: ContractDocument, current: ContractDocument): string[] {
  const found = new Set<string>();
  const report = (change: string) => found.add(change);
  const schemas = createSchemaComparer(released, current, report);

  for (const [path, before] of Object.entries(released.paths)) {
    const after = current.paths[path] ?? {};
    for (const method of methods) {
      const operation = operationOf(before, method);
      const match = operationOf(after, method);
      if (operation && match) compareOperation(operation, match, `${method.toUpperCase()} ${path}`);
      else if (operation) report(`${operation.operationId} was removed (${method.toUpperCase()} ${path})`);
    }
    compareFrames(before, after, path);
  }
  for (const name of Object.keys(released.components.schemas)) {
    if (!current.components.schemas[name])
      report(`${name} was removed or renamed, and with it a type of generated clients`);
  }
  return [...found];

  function compareOperation(before: Operation, after: Operation, where: string): void {
    const id = before.operationId;
    if (after.operationId !== id) report(`${id} is named ${after.operationId} now (${where})`);
    const wasOpen = (before.security ?? released.security ?? []).length === 0;
    if (wasOpen && (after.security ?? current.security ?? []).length > 0) report(`${id} needs a key now`);
    compareParameters(before, after, id);
    compareBody(before, after, id);
    for (const [status, reply] of Object.entries(before.responses)) {
      const match = after.responses[status];
      if (match) compareReply(reply, match, `${id} ${status}`);
      else report(`${id} no longer answers ${status}`);
    }
    for (const status of Object.keys(after.responses)) {
      if (/^[23]/.test(status) && !before.responses[status]) report(`${id} may answer ${status} now`);
    }
  }

  function compareParameters(before: Operation, after: Operation, id: string): void {
    const old = indexOf(released, before.parameters);
    const now = indexOf(current, after.parameters);
    for (const [key, parameter] of old) {
      const match = now.get(key);
      if (!match) report(`${id} has no parameter ${key} any more`);
      else if (parameter.schema && match.schema) {
        schemas.compare(parameter.schema, match.schema, { direction: 'request', path: `${id} ${key}` });
      }
    }
    for (const [key, { required }] of now) {
      if (required && !old.get(key)?.required) report(`${id} needs the parameter ${key} now`);
    }
  }

  function compareBody(before: Operation, after: Operation, id: string): void {
    if (after.requestBody?.required && !before.requestBody?.required) report(`${id} needs a body now`);
    compareContent(before.requestBody?.content, after.requestBody?.content, {
      direction: 'request',
      path: `${id} body`,
    });
  }

  function compareReply(before: Reply, after: Reply, path: string): void {
    const old = resolve(released, before).target;
    const now = resolve(current, after).target;
    for (const name of Object.keys(old.headers ?? {})) {
      if (!now.headers?.[name]) report(`${path} has no header ${name} any more`);
    }
    compareContent(old.content, now.content, { direction: 'reply', path });
  }

  function compareContent(
    before: Content = {},
    after: Content = {},
    position: { direction: Direction; path: string },
  ): void {
    for (const [type, media] of Object.entries(before)) {
      const match = after[type];
      if (!match) report(`${position.path} is no longer ${type} (${position.direction})`);
      const old = contentOf(media);
      const now = match && contentOf(match);
      if (old && now) schemas.compare(old, now, position);
    }
  }

  /** Compares the WebSocket's frames, which OpenAPI can't describe. */
  function compareFrames(before: PathItem, after: PathItem, path: string): void {
    const old = before['x-websocket'];
    const now = after['x-websocket'];
    if (!old) return;
    if (!now) return void report(`${path} has no WebSocket any more`);
    schemas.compare(old.clientMessage, now.clientMessage, { direction: 'request', path: `${path} frame` });
    schemas.compare(old.serverMessage, now.serverMessage, { direction: 'reply', path: `${path} frame` });
    schemas.compare(old.errorMessage, now.errorMessage, { direction: 'reply', path: `${path} frame` });
  }
}

/** Returns the schema of a body; of a stream, that of its events. */
const contentOf = ({ schema, 'x-event-schema': event = schema }: Content[string]): Schema | undefined => event;

/** Returns an operation with the parameters shared by its path. */
function operationOf(item: PathItem, method: string): Operation | undefined {
  const operation = item[method] as Operation | undefined; // OpenAPI's value of a method key
  if (!operation) return undefined;
  return { ...operation, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])] };
}

function indexOf(document: ContractDocument, parameters: Parameter[] = []): Map<string, Parameter> {
  return new Map(
    parameters.map((parameter) => {
      const { target } = resolve(document, parameter);
      return [`${target.name} (${target.in})`, target];
    }),
  );
}

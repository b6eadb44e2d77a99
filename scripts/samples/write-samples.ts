import type { OpenApiDocument } from '../../src/contract/document.ts';
import { type RequestPlan, requestPlans, type SampleRequest } from './request-plans.ts';
import { toCurl } from './to-curl.ts';
import { toGo } from './to-go.ts';
import { toPython } from './to-python.ts';
import { toTypescript } from './to-typescript.ts';
import { toWebhookSamples, webhookPlans } from './to-webhook-samples.ts';

/** Returns the samples that follow from the contract, by path. The others in docs/samples are written by hand. */
export function writeSamples(document: OpenApiDocument): Record<string, string> {
  const files: Record<string, string> = {};
  const add = (operationId: string, samples: Record<string, string>) => {
    for (const [name, text] of Object.entries(samples)) files[`docs/samples/${operationId}/${name}`] = text;
  };
  for (const [operationId, plan] of Object.entries(requestPlans)) {
    const request = toRequest(document, operationId, plan);
    add(operationId, {
      'curl.sh': toCurl(request),
      'typescript.ts': toTypescript(request),
      'python.py': toPython(request),
      'go.go': toGo(request),
    });
  }
  for (const [operationId, plan] of Object.entries(webhookPlans)) add(operationId, toWebhookSamples(plan));
  return files;
}

function toRequest({ paths }: OpenApiDocument, operationId: string, plan: RequestPlan): SampleRequest {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of ['get', 'post', 'put', 'delete'] as const) {
      const operation = item[method];
      if (operation?.operationId !== operationId) continue;
      const [before = path, after] = path.split(/\{\w+\}/);
      return { method, path: [before, after], operator: operation.security?.length !== 0, plan };
    }
  }
  throw new Error(`The contract has no operation ${operationId}.`);
}

import { button, element } from './element.ts';
import { linkFurther } from './link-further.ts';
import { resolveSubtree } from './resolve-subtree.ts';
import { type Contract, learnOperations, type Operation, operationKey, type SwaggerSystem } from './swagger.ts';
import { setTarget } from './watch-fetch.ts';

interface OperationProperties {
  path: string;
  method: string;
}

/** A plugin that adds this page's own parts to Swagger UI. */
export function talariaPlugin(system: SwaggerSystem): object {
  const { createElement } = system.React;
  const contract = memoise(() => {
    const document = system.specSelectors.specJson().toJS();
    learnOperations(document);
    return document;
  });
  const beside = (fill: (place: HTMLElement | null, properties: OperationProperties) => void) => {
    const Place = memoComponent(system, fill);
    return (properties: OperationProperties) => createElement(Place, properties);
  };
  const Further = beside((place, { path, method }) => {
    const operation = contract().paths[path]?.[method];
    if (operation) place?.append(linkFurther(operation));
  });
  const Streams = beside((place, properties) => fillStreams(system, contract(), { place, ...properties }));
  return {
    fn: { resolveSubtree },
    statePlugins: {
      spec: {
        wrapActions: {
          updateJsonSpec: (original: (document: Contract) => unknown) => (document: Contract) =>
            original(withoutOptionalExamples(document)),
        },
      },
    },
    wrapComponents: {
      // The first page of the docs has the introduction.
      InfoContainer: () => () => null,
      parameters: (Original: unknown) => (properties: { pathMethod: [string, string] }) => {
        const [path, method] = properties.pathMethod;
        return createElement('div', null, Further({ path, method }), createElement(Original, properties));
      },
      responses: (Original: unknown) => (properties: OperationProperties) => {
        const { path, method } = properties;
        return createElement('div', null, Streams({ path, method }), createElement(Original, properties));
      },
      JSONSchema202012Keyword$ref:
        () =>
        ({ schema }: { schema?: { $ref?: string } }) => {
          const name = schema?.$ref?.split('/').at(-1);
          return name ? createElement('a', { href: `./schemas/${name}` }, name) : null;
        },
      authorizationPopup: (Original: unknown) => dialog(system, Original),
    },
  };
}

/**
 * Moves the examples of optional parameters into their descriptions. Swagger UI would otherwise send them: `after` with
 * an ID that doesn't exist, or a used `Idempotency-Key`.
 */
function withoutOptionalExamples(document: Contract): Contract {
  const copy = structuredClone(document);
  for (const parameter of Object.values(copy.components.parameters)) {
    const { required, example } = parameter;
    if (required || example === undefined) continue;
    const text = typeof example === 'string' ? example : JSON.stringify(example);
    if (typeof example !== 'boolean') parameter.description = `${parameter.description ?? ''}\n\nExample: \`${text}\`.`;
    delete parameter.example;
  }
  return copy;
}

/** Creates a component with an empty element, which `fill` fills after mounting. React doesn't change its content. */
function memoComponent(
  { React }: SwaggerSystem,
  fill: (place: HTMLElement | null, properties: OperationProperties) => void,
): (properties: OperationProperties) => unknown {
  return (properties) => {
    const place = React.useRef<HTMLElement | null>(null);
    React.useEffect(() => {
      fill(place.current, properties);
      return () => fill(null, properties);
    }, []);
    return React.createElement('div', { ref: place, className: 'talaria' });
  };
}

function fillStreams(
  system: SwaggerSystem,
  contract: Contract,
  { place, path, method }: OperationProperties & { place: HTMLElement | null },
): void {
  const operation = contract.paths[path]?.[method];
  if (!operation || !isStreamed(operation)) return;
  const live = place && element('section', { class: 'watch', 'aria-label': 'Live stream' });
  setTarget(operationKey(method, path), live);
  if (!live || !place) return;
  live.append(element('p', {}, 'With "stream": true, events appear here as they arrive. '));
  if (method === 'post') live.append(button('Set "stream": true', () => requestStream(system, path, method)));
  place.append(live);
}

const isStreamed = ({ responses }: Operation): boolean =>
  Object.values(responses).some(({ content }) => content?.['text/event-stream']);

/** Sets `stream` in the body of the text box. */
function requestStream({ oas3Selectors, oas3Actions }: SwaggerSystem, path: string, method: string): void {
  try {
    const body = { ...JSON.parse(String(oas3Selectors.requestBodyValue(path, method))), stream: true };
    oas3Actions.setRequestBodyValue({ value: JSON.stringify(body, undefined, 2), pathMethod: [path, method] });
  } catch {
    // The body isn't valid JSON yet, as its author can see.
  }
}

/** Wraps the dialog for the key: moves the focus into it, restores the focus, and closes it on Escape. */
function dialog({ React, authActions }: SwaggerSystem, Original: unknown): (properties: object) => unknown {
  return (properties) => {
    const box = React.useRef<HTMLElement | null>(null);
    React.useEffect(() => {
      const focusInside = () => box.current?.querySelector<HTMLElement>('input, .btn-done')?.focus();
      // Submitting the key replaces its field, which would lose the focus.
      const observer = new MutationObserver(() => !box.current?.contains(document.activeElement) && focusInside());
      if (box.current) observer.observe(box.current, { childList: true, subtree: true });
      const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && authActions.showDefinitions(false);
      document.addEventListener('keydown', onKeyDown);
      focusInside();
      return () => {
        observer.disconnect();
        document.removeEventListener('keydown', onKeyDown);
        // Swagger UI may have replaced the button that opened the dialog.
        setTimeout(() => document.querySelector<HTMLElement>('button.authorize')?.focus());
      };
    }, []);
    const attributes = { role: 'dialog', 'aria-modal': true, 'aria-label': 'API key', ref: box };
    return React.createElement('div', attributes, React.createElement(Original, properties));
  };
}

function memoise<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

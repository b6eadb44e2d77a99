import { button, element } from "./element.js";
import { linkFurther } from "./link-further.js";
import { resolveSubtree } from "./resolve-subtree.js";
import { learnOperations, operationKey } from "./swagger.js";
import { listTranscripts, showTranscripts } from "./transcripts.js";
import { offerPlace } from "./watch-fetch.js";
export function talariaPlugin(system) {
    const { createElement } = system.React;
    const contract = memoise(() => {
        const document = system.specSelectors.specJson().toJS();
        learnOperations(document);
        return document;
    });
    const beside = (fill) => {
        const Place = memoComponent(system, fill);
        return (properties) => createElement(Place, properties);
    };
    const Further = beside((place, { path, method }) => {
        const operation = contract().paths[path]?.[method];
        if (operation)
            place?.append(...linkFurther(operation));
    });
    const Streams = beside((place, properties) => fillStreams(system, contract(), { place, ...properties }));
    return {
        fn: { resolveSubtree },
        statePlugins: {
            spec: {
                wrapActions: {
                    updateJsonSpec: (original) => (document) => original(withoutGuesses(document)),
                },
            },
        },
        wrapComponents: {
            parameters: (Original) => (properties) => {
                const [path, method] = properties.pathMethod;
                return createElement('div', null, Further({ path, method }), createElement(Original, properties));
            },
            responses: (Original) => (properties) => {
                const { path, method } = properties;
                return createElement('div', null, Streams({ path, method }), createElement(Original, properties));
            },
            JSONSchema202012Keyword$ref: () => ({ schema }) => {
                const name = schema?.$ref?.split('/').at(-1);
                return name ? createElement('a', { href: `./schemas#${name}` }, name) : null;
            },
            authorizationPopup: (Original) => dialog(system, Original),
        },
    };
}
function withoutGuesses(document) {
    const copy = structuredClone(document);
    for (const parameter of Object.values(copy.components.parameters)) {
        const { required, example } = parameter;
        if (required || example === undefined)
            continue;
        const text = typeof example === 'string' ? example : JSON.stringify(example);
        if (typeof example !== 'boolean')
            parameter.description = `${parameter.description ?? ''}\n\nSuch as \`${text}\`.`;
        delete parameter.example;
    }
    return copy;
}
function memoComponent({ React }, fill) {
    return (properties) => {
        const place = React.useRef(null);
        React.useEffect(() => {
            fill(place.current, properties);
            return () => fill(null, properties);
        }, []);
        return React.createElement('div', { ref: place, className: 'talaria' });
    };
}
function fillStreams(system, contract, { place, path, method }) {
    const operation = contract.paths[path]?.[method];
    const transcripts = operation ? listTranscripts(contract, operation) : [];
    if (transcripts.length === 0)
        return;
    const live = place && element('section', { class: 'watch', 'aria-label': 'Live stream' });
    offerPlace(operationKey(method, path), live);
    if (!live || !place)
        return;
    live.append(element('p', {}, 'Executed with "stream": true, the events appear here one by one, as they come. '));
    if (method === 'post')
        live.append(button('Set "stream": true', () => askForStream(system, path, method)));
    place.append(live, showTranscripts(transcripts));
}
function askForStream({ oas3Selectors, oas3Actions }, path, method) {
    try {
        const body = { ...JSON.parse(String(oas3Selectors.requestBodyValue(path, method))), stream: true };
        oas3Actions.setRequestBodyValue({ value: JSON.stringify(body, undefined, 2), pathMethod: [path, method] });
    }
    catch {
    }
}
function dialog({ React, authActions }, Original) {
    return (properties) => {
        const box = React.useRef(null);
        React.useEffect(() => {
            const focusInside = () => box.current?.querySelector('input, .btn-done')?.focus();
            const observer = new MutationObserver(() => !box.current?.contains(document.activeElement) && focusInside());
            if (box.current)
                observer.observe(box.current, { childList: true, subtree: true });
            const onKeyDown = ({ key }) => key === 'Escape' && authActions.showDefinitions(false);
            document.addEventListener('keydown', onKeyDown);
            focusInside();
            return () => {
                observer.disconnect();
                document.removeEventListener('keydown', onKeyDown);
                setTimeout(() => document.querySelector('button.authorize')?.focus());
            };
        }, []);
        const attributes = { role: 'dialog', 'aria-modal': true, 'aria-label': 'The key', ref: box };
        return React.createElement('div', attributes, React.createElement(Original, properties));
    };
}
function memoise(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}

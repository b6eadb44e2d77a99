export function createSseReader(onEvent) {
    let rest = '';
    return (piece) => {
        const blocks = (rest + piece).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
            const found = readBlock(block);
            if (found)
                onEvent(found);
        }
    };
}
function readBlock(block) {
    const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
    const data = fields.flatMap(([, name, value = '']) => (name === 'data' ? [value] : []));
    if (data.length === 0)
        return undefined;
    return { event: fields.find(([, name]) => name === 'event')?.[2], data: data.join('\n') };
}

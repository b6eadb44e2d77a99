export function toCurl({ method, url, headers, body }) {
    const shown = Object.entries(headers).flatMap(([name, value]) => {
        const lower = name.toLowerCase();
        if (lower === 'authorization')
            return ['-H "Authorization: Bearer $API_SERVER_KEY"'];
        return lower === 'accept' ? [] : [`-H ${quote(`${name}: ${value}`)}`];
    });
    const verb = method === 'GET' || (method === 'POST' && body !== undefined) ? [] : [`-X ${method}`];
    const data = body === undefined ? [] : [`-d ${quote(body)}`];
    return [`curl -N ${quote(url)}`, ...verb, ...shown, ...data].join(' \\\n  ');
}
function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

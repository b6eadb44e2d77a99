/** Warns at the end of the process, unless disposed before, that a server was not closed. */
export function warnIfOpen(url: string): Disposable {
  const warn = () => {
    process.stderr.write(
      `talaria/testing: the server at ${url} was not closed. Call close() after your tests, or declare it with \`await using\`.\n`,
    );
  };
  process.once('exit', warn);
  return { [Symbol.dispose]: () => process.off('exit', warn) };
}

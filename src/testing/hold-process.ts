/** Keeps the process alive until disposed: Node ends it while it awaits something that no open handle will settle. */
export function holdProcess(): Disposable {
  const timer = setInterval(() => {}, 60_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

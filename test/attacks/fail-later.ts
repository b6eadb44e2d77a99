/**
 * Loaded before the server (`NODE_OPTIONS=--import`). Causes an unhandled rejection on SIGUSR2, or as many at once as
 * `PLANTED_FAILURES` says.
 */
const failures = Number(process.env['PLANTED_FAILURES'] ?? 1);

process.on('SIGUSR2', () => {
  for (let count = 0; count < failures; count++) {
    void Promise.reject(new Error('PLANTED-FAILURE', { cause: new Error('ITS-CAUSE') }));
  }
});

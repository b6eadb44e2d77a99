/** Loaded before the server (`NODE_OPTIONS=--import`). Causes an unhandled rejection on SIGUSR2. */
process.on('SIGUSR2', () => {
  void Promise.reject(new Error('PLANTED-FAILURE', { cause: new Error('ITS-CAUSE') }));
});

/** Loaded before the server (`NODE_OPTIONS=--import`): on SIGUSR2 nothing handles the rejection that it makes. */
process.on('SIGUSR2', () => {
  void Promise.reject(new Error('PLANTED-FAILURE', { cause: new Error('ITS-CAUSE') }));
});
